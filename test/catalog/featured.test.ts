import { FEATURED } from '../../nodes/catalog/featured';
import { findModel } from '../../nodes/catalog/models';
import { imageModelField } from '../../nodes/fields/model';

it('features models of the directory, each once', () => {
	expect(FEATURED.filter((slug) => !findModel(slug) || findModel(slug)?.unlisted)).toEqual([]);
	expect(new Set(FEATURED).size).toBe(FEATURED.length);
});

it('begins with the default of Generate Image', () => {
	expect(imageModelField.default).toMatchObject({ value: FEATURED[0] });
});
