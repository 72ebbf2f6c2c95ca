-- The first tables of the store; docs/store.md describes every column.

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  started TEXT NOT NULL,
  finished TEXT,
  status TEXT NOT NULL,
  gouji TEXT NOT NULL,
  patterns TEXT NOT NULL,
  lang TEXT NOT NULL,
  engine TEXT NOT NULL,
  workers INTEGER,
  roots TEXT NOT NULL,
  files INTEGER
);

CREATE TABLE reports (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  recipe TEXT NOT NULL,
  gouji TEXT NOT NULL,
  patterns TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  org TEXT,
  region TEXT NOT NULL,
  body TEXT NOT NULL,
  year INTEGER,
  media_type TEXT NOT NULL,
  pages INTEGER,
  characters INTEGER NOT NULL,
  numbers INTEGER NOT NULL,
  set_aside INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  checked INTEGER NOT NULL,
  findings INTEGER NOT NULL,
  crashed INTEGER NOT NULL,
  text TEXT NOT NULL,
  packed BLOB NOT NULL,
  duplicate_of INTEGER REFERENCES reports(id)
);

CREATE INDEX reports_by_body ON reports(body, kind, year);

CREATE TABLE files (
  path TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  root TEXT NOT NULL,
  sha256 TEXT,
  size INTEGER,
  status TEXT NOT NULL,
  reason TEXT NOT NULL,
  recipe TEXT NOT NULL,
  report INTEGER REFERENCES reports(id),
  run INTEGER NOT NULL REFERENCES runs(id),
  seconds REAL NOT NULL
);

CREATE INDEX files_by_report ON files(report);

CREATE INDEX files_by_hash ON files(sha256);

CREATE TABLE sections (
  report INTEGER NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  parent TEXT,
  level INTEGER NOT NULL,
  mark TEXT NOT NULL,
  inferred INTEGER NOT NULL,
  title TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  body_start INTEGER NOT NULL,
  body_end INTEGER NOT NULL,
  page INTEGER,
  PRIMARY KEY (report, number)
) WITHOUT ROWID;

CREATE TABLE facts (
  report INTEGER NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  value TEXT NOT NULL,
  low TEXT,
  high TEXT,
  upper TEXT,
  unit TEXT NOT NULL,
  per TEXT,
  approx TEXT,
  direction TEXT,
  measure TEXT NOT NULL,
  indicator TEXT,
  scope TEXT,
  dimension TEXT,
  year INTEGER,
  status TEXT NOT NULL,
  part_of TEXT,
  section TEXT,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  sentence_start INTEGER NOT NULL,
  sentence_end INTEGER NOT NULL,
  page INTEGER,
  cell TEXT,
  amount REAL GENERATED ALWAYS AS (CAST(value AS REAL)) VIRTUAL,
  PRIMARY KEY (report, number)
) WITHOUT ROWID;

CREATE INDEX facts_by_indicator ON facts(indicator) WHERE indicator IS NOT NULL;

CREATE TABLE checks (
  report INTEGER NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  rule TEXT NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  formula TEXT,
  reported TEXT,
  expected TEXT,
  facts TEXT NOT NULL,
  start INTEGER,
  "end" INTEGER,
  hint TEXT,
  fingerprint TEXT NOT NULL,
  PRIMARY KEY (report, number)
) WITHOUT ROWID;

CREATE TABLE diagnostics (
  report INTEGER NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  code TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  page INTEGER,
  PRIMARY KEY (report, number)
) WITHOUT ROWID;

CREATE TABLE comparisons (
  last INTEGER NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
  this INTEGER NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
  recipe TEXT NOT NULL,
  packed BLOB NOT NULL,
  PRIMARY KEY (last, this)
) WITHOUT ROWID;

CREATE TABLE reviews (
  body TEXT NOT NULL,
  kind TEXT NOT NULL,
  year INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  verdict TEXT NOT NULL,
  note TEXT NOT NULL,
  reviewer TEXT NOT NULL,
  reviewed TEXT NOT NULL,
  PRIMARY KEY (body, kind, year, fingerprint)
) WITHOUT ROWID;

CREATE VIEW live_reports AS
  SELECT r.* FROM reports r WHERE EXISTS (SELECT 1 FROM files f WHERE f.report = r.id AND f.status IN ('read', 'duplicate'));

CREATE VIEW findings AS
  SELECT r.body, r.year, r.kind, c.rule, c.severity, c.status, c.message, c.formula, c.reported, c.expected,
    substr(r.text, c.start + 1, c."end" - c.start) AS sentence, v.verdict AS review, v.note, c.fingerprint, c.report, c.number, c.start,
    (SELECT min(f.page) FROM facts f WHERE f.report = c.report AND f.id IN (SELECT value FROM json_each(c.facts))) AS page
  FROM checks c JOIN live_reports r ON r.id = c.report
  LEFT JOIN reviews v ON v.body = r.body AND v.kind = r.kind AND v.year = coalesce(r.year, 0) AND v.fingerprint = c.fingerprint
  WHERE c.status IN ('fail', 'crashed') AND c.severity <> 'info' AND r.duplicate_of IS NULL;

CREATE VIEW figures AS
  SELECT r.body, r.year AS report_year, r.kind AS report_kind, f.indicator, f.measure, f.text, f.value, f.amount, f.low, f.high, f.unit,
    f.approx, f.year, f.status, f.scope, f.part_of, substr(r.text, f.sentence_start + 1, f.sentence_end - f.sentence_start) AS sentence,
    f.page, f.report, f.number
  FROM facts f JOIN live_reports r ON r.id = f.report WHERE r.duplicate_of IS NULL;
