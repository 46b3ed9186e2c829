import { randomBytes } from 'node:crypto';
import type { CustomScheme } from 'electron';
import { readIndex, readPageFile } from '../core/loopback/page/files.ts';
import { securityHeaders } from '../core/loopback/page/headers.ts';
import { isOurPage, PAGE_SCHEME } from './address.ts';

/** To be registered before Electron is ready: an origin like that of a web page, and no privilege beyond it. */
export const PAGE_PRIVILEGES: CustomScheme = {
  scheme: PAGE_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** Answers for the page's address out of the built folder, with the policy that the loopback page has. */
export function answerPage(folder: string): (request: Request) => Promise<Response> {
  return async request => {
    const nonce = randomBytes(16).toString('base64');
    const answer = (status: number, type: string, body: BodyInit | null) =>
      new Response(request.method === 'HEAD' ? null : body, {
        status,
        headers: { ...securityHeaders(nonce), 'content-type': type, 'cache-control': 'no-cache' },
      });
    const refuse = (status: number, why: string) => answer(status, 'text/plain; charset=utf-8', why);

    if (!isOurPage(request.url)) return refuse(403, 'Only the workbench lives at this scheme.');
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only reading is possible here.');
    const { pathname } = new URL(request.url);
    if (pathname === '/' || pathname === '/index.html') {
      const index = await readIndex(folder, nonce);
      return index === undefined
        ? refuse(503, 'The page was not built yet: run npm run build.')
        : answer(200, 'text/html; charset=utf-8', index);
    }
    const file = await readPageFile(folder, pathname);
    return file === undefined
      ? refuse(404, 'There is nothing at this address.')
      : answer(200, file.type, new Uint8Array(file.bytes));
  };
}
