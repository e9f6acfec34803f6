/** Where the documentation is. The repository's URL is here and in package.json; a test compares the two. */
export const DOCS = 'https://github.com/n8n-nodes-segmind/n8n-nodes-segmind/blob/main/docs';
