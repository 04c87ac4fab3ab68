// passport-tiktok-oauth2: another strategy, with `client_id` beside `client_key`, no `state`, no PKCE, and the authorization page without its slash.
import { app } from './conversation.mjs';
import passportTikTok from 'passport-tiktok-oauth2';
import { run } from './passport-app.mjs';

await run(passportTikTok.Strategy, { clientKey: app.key }, profile => ({
  openId: profile.openId, name: profile.displayName, picture: profile.avatarUrl, handle: profile.username,
}));
