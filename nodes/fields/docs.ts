/** Where the documentation can be read. The repository's address stands here and in package.json; a test compares them. */
export const DOCS = 'https://github.com/n8n-nodes-segmind/n8n-nodes-segmind/blob/main/docs';
