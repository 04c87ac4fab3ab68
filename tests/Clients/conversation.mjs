// How a driver talks with the test that started it: one line of JSON for each step, one line back for the person's way through the pages.
import { webcrypto } from 'node:crypto';
import { createInterface } from 'node:readline';

globalThis.crypto ??= webcrypto; // Debian 12's node 18 has it, but not for everybody; so drivers import this first

export const app = {
  key: process.env.CLIENT_KEY,
  secret: process.env.CLIENT_SECRET,
  redirect: process.env.REDIRECT_URI,
  origin: new URL(process.env.REDIRECT_URI).origin,
};

const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Says what a step brought. `by` is `client` where the package has a method for it, `hand` where an app writes the call itself. */
export const tell = (step, by, facts = {}) => process.stdout.write(`${JSON.stringify({ step, by, facts })}\n`);

/** Sends the person to TikTok. The answer is where their browser came out: the app's redirect URI with code and state. */
export async function visit(url) {
  tell('authorize', 'client', { url: String(url) });
  return new URL((await answers.next()).value);
}

/** The last line: nothing waits for more. */
export const done = () => process.exit(0);

export function expect(holds, what) {
  if (!holds)
    throw new Error(what);
}
