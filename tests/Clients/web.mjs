// A browser's part towards the app itself: keeps the app's cookies and stops at redirects.
import { createServer } from 'node:http';
import { app } from './conversation.mjs';

export class Browser {
  #cookies = new Map();
  #handle;

  /** @param handle What answers the app's requests: `Request` in, `Response` out. */
  constructor(handle) {
    this.#handle = handle;
  }

  async get(path) {
    return this.#send(path, {});
  }

  async post(path, body, type = 'application/json') {
    return this.#send(path, { method: 'POST', body, headers: { 'content-type': type, origin: app.origin } });
  }

  async #send(path, init) {
    const headers = { ...init.headers, cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const answer = await this.#handle(new Request(new URL(path, app.origin), { ...init, headers }));
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      this.#cookies.set(name, value);
    }
    return answer;
  }
}

/** The path under which the callback reaches the app. */
export const pathOf = url => url.pathname + url.search;

/** An app that answers as `(request, response)` of node:http does, with the query read. */
export function served(answer) {
  const listening = new Promise(resolve => {
    const server = createServer((request, response) => {
      request.query = Object.fromEntries(new URL(request.url, app.origin).searchParams);
      answer(request, response);
    }).listen(0, '127.0.0.1', () => resolve(server.address().port));
  });
  return async request => {
    const { pathname, search } = new URL(request.url);
    return fetch(`http://127.0.0.1:${await listening}${pathname}${search}`, { redirect: 'manual', headers: request.headers });
  };
}
