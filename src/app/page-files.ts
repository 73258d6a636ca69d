import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type Response } from 'express';
import { DomainError } from '../kernel/errors.ts';
import { packageFolder } from '../platform/compiled.js';
import { onRoute } from './observe-requests.ts';

/** Where Vite lays the built page (vite.config.ts). */
const FOLDER = join(packageFolder, 'dist/page');

/**
 * What the page may do: run its own script, wear its own style, ask this server. Pictures come through its own requests
 * (they need the token), so it shows them from memory (`blob:`).
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The web page at `/`, its views below `/page/`, and its files. It holds no data: it asks `/graphql` as any client does. */
export function mountPage(app: Express): void {
  const entry = (_request: unknown, response: Response) => {
    onRoute(response, '/');
    if (!existsSync(join(FOLDER, 'index.html')))
      throw new DomainError(
        'NOT_FOUND',
        'The web page is not built here. Run "npm run page" beside package.json; the API works without it.',
      );
    response.set({
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-cache',
    });
    response.sendFile('index.html', { root: FOLDER, cacheControl: false });
  };
  app.get('/', entry);
  app.get('/page/*view', entry);
  const files = {
    index: false,
    redirect: false,
    setHeaders: (response: Response) => onRoute(response, '/assets'),
  };
  app.use('/assets', express.static(join(FOLDER, 'assets'), { ...files, immutable: true, maxAge: '365d' }));
  app.get('/holotype.svg', express.static(FOLDER, { ...files, maxAge: '1d' }));
}
