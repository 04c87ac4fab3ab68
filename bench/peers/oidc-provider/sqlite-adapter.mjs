// Keeps oidc-provider's models in one SQLite table, every write on disk before it is answered (WAL, synchronous = FULL).
import Database from 'better-sqlite3';

let database;
let statements;

export function open(path) {
  database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(`
    create table if not exists model (
      kind text not null, id text not null, payload text not null, grant_id text, uid text, user_code text, consumed_at integer, expires_at integer,
      primary key (kind, id)
    ) without rowid;
    create index if not exists model_of_grant on model (grant_id) where grant_id is not null;
    create index if not exists model_by_uid on model (kind, uid) where uid is not null;
    create index if not exists model_by_user_code on model (kind, user_code) where user_code is not null;
  `);
  statements = {
    upsert: database.prepare(`
      insert into model (kind, id, payload, grant_id, uid, user_code, expires_at) values (?, ?, ?, ?, ?, ?, ?)
      on conflict (kind, id) do update set payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid,
        user_code = excluded.user_code, expires_at = excluded.expires_at`),
    find: database.prepare('select payload, consumed_at, expires_at from model where kind = ? and id = ?'),
    byUid: database.prepare('select payload, consumed_at, expires_at from model where kind = ? and uid = ?'),
    byUserCode: database.prepare('select payload, consumed_at, expires_at from model where kind = ? and user_code = ?'),
    consume: database.prepare('update model set consumed_at = ? where kind = ? and id = ?'),
    destroy: database.prepare('delete from model where kind = ? and id = ?'),
    revoke: database.prepare('delete from model where grant_id = ?'),
  };
}

const now = () => Math.floor(Date.now() / 1000);

function read(row) {
  if (!row || (row.expires_at !== null && row.expires_at <= now())) return undefined;
  const payload = JSON.parse(row.payload);
  return row.consumed_at === null ? payload : { ...payload, consumed: row.consumed_at };
}

export class SqliteAdapter {
  constructor(kind) {
    this.kind = kind;
  }

  async upsert(id, payload, expiresIn) {
    statements.upsert.run(
      this.kind, id, JSON.stringify(payload), payload.grantId ?? null, payload.uid ?? null, payload.userCode ?? null,
      expiresIn ? now() + expiresIn : null);
  }

  async find(id) {
    return read(statements.find.get(this.kind, id));
  }

  async findByUid(uid) {
    return read(statements.byUid.get(this.kind, uid));
  }

  async findByUserCode(userCode) {
    return read(statements.byUserCode.get(this.kind, userCode));
  }

  async consume(id) {
    statements.consume.run(now(), this.kind, id);
  }

  async destroy(id) {
    statements.destroy.run(this.kind, id);
  }

  async revokeByGrantId(grantId) {
    statements.revoke.run(grantId);
  }
}
