// The calls an app writes itself where its OAuth library ends, as TikTok's documentation describes them.
import { app, expect, tell } from './conversation.mjs';

export async function profile(accessToken, fields = 'open_id,union_id,avatar_url,display_name') {
  const answer = await fetch(`https://open.tiktokapis.com/v2/user/info/?fields=${fields}`, { headers: { Authorization: `Bearer ${accessToken}` } });
  const { data, error } = await answer.json();
  expect(error.code === 'ok', `user/info: ${error.code} ${error.message}`);
  tell('profile', 'hand', { openId: data.user.open_id, name: data.user.display_name, picture: data.user.avatar_url });
}

export async function refresh(refreshToken) {
  const tokens = await post('token', { grant_type: 'refresh_token', refresh_token: refreshToken });
  tell('refresh', 'hand', { access: tokens.access_token, refresh: tokens.refresh_token });
  return tokens.access_token;
}

export async function revoke(accessToken) {
  await post('revoke', { token: accessToken });
  tell('revoke', 'hand');
}

async function post(what, fields) {
  const answer = await fetch(`https://open.tiktokapis.com/v2/oauth/${what}/`, {
    method: 'POST',
    body: new URLSearchParams({ client_key: app.key, client_secret: app.secret, ...fields }), // application/x-www-form-urlencoded;charset=UTF-8
  });
  const said = await answer.json();
  expect(!said.error, `${what}: ${said.error} ${said.error_description}`);
  return said;
}
