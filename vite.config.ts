import { defineConfig } from 'vite';

/** The page (src/page) becomes dist/page, which the server serves. */
export default defineConfig({
  root: 'src/page',
  build: {
    outDir: '../../dist/page',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // the content security policy knows no data: addresses
    modulePreload: { polyfill: false },
  },
  server: {
    // `npm run page:watch` beside a server: what is not the page is the API.
    proxy: {
      '^/(graphql|snapshots|datasets|blobs|previews|reports|audit|health|documents)(/|\\?|$)':
        process.env.HOLOTYPE_SERVER ?? 'http://127.0.0.1:4000',
    },
  },
});
