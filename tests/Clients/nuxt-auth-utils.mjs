// nuxt-auth-utils in its sandbox mode: hexadecimal PKCE on Web with a verifier of six letters, which also stands in the authorization URL.
import { app, done, expect, tell, visit } from './conversation.mjs';
import { register } from 'node:module';
import { createApp, createError, createRouter, toWebHandler } from 'h3';
import { $fetch } from 'ofetch';
import * as hand from './by-hand.mjs';
import { Browser, pathOf } from './web.mjs';

// What Nuxt's build puts in place: its own imports, and `$fetch` for everybody.
globalThis.$fetch = $fetch;
globalThis.nuxtImports = { createError, useRuntimeConfig: () => ({ oauth: { tiktok: { clientKey: app.key, clientSecret: app.secret } } }) };
const imports = 'export const { createError, useRuntimeConfig } = globalThis.nuxtImports;';
register(`data:text/javascript,${encodeURIComponent(`
  export const resolve = (name, context, next) => name === '#imports' ? { url: 'data:text/javascript,${encodeURIComponent(imports)}', shortCircuit: true } : next(name, context);
`)}`);
const { defineOAuthTikTokEventHandler } = await import(new URL('node_modules/nuxt-auth-utils/dist/runtime/server/lib/oauth/tiktok.js', import.meta.url));

let person;
const site = createApp();
site.use(createRouter().get(new URL(app.redirect).pathname, defineOAuthTikTokEventHandler({
  config: { sandbox: true, redirectURL: app.redirect, scope: ['user.info.basic', 'user.info.profile'] },
  onSuccess: (_, found) => {
    person = found;
    return 'welcome';
  },
})));
const browser = new Browser(toWebHandler(site));

const back = await visit((await browser.get(new URL(app.redirect).pathname)).headers.get('location'));

const landed = await browser.get(pathOf(back));
expect(landed.ok, `the app said ${landed.status} ${await landed.clone().text()}`);
const { tokens, user } = person;
tell('exchange', 'client', { access: tokens.access_token, refresh: tokens.refresh_token, openId: tokens.open_id, scope: tokens.scope });
tell('profile', 'client', { openId: user.open_id, name: user.display_name, picture: user.avatar_url, handle: user.username });

await hand.revoke(await hand.refresh(tokens.refresh_token));
done();
