-- A workspace as the first version made it, with a row in every table. Text of SQLite; see test_upgrading.py.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	who VARCHAR(200) NOT NULL, 
	did VARCHAR(40) NOT NULL, 
	about TEXT NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (id)
);
INSERT INTO "audit" VALUES(1,'2026-03-10T12:00:00.000000+00:00','Kim','add setting','1');
INSERT INTO "audit" VALUES(2,'2026-03-10T12:00:00.000000+00:00','Kim','add upload','1');
INSERT INTO "audit" VALUES(3,'2026-03-10T12:00:00.000000+00:00','Kim','add upload','2');
INSERT INTO "audit" VALUES(4,'2026-03-10T12:00:00.000000+00:00','Lee','undo upload','2');
INSERT INTO "audit" VALUES(5,'2026-03-10T12:00:00.000000+00:00','Kim','add typed','1');
INSERT INTO "audit" VALUES(6,'2026-03-10T12:00:00.000000+00:00','Kim','add correction','1');
INSERT INTO "audit" VALUES(7,'2026-03-10T12:00:00.000000+00:00','Kim','add link','1');
INSERT INTO "audit" VALUES(8,'2026-03-10T12:00:00.000000+00:00','Kim','add setting','2');
INSERT INTO "audit" VALUES(9,'2026-03-10T12:00:00.000000+00:00','Kim','add policy','1');
INSERT INTO "audit" VALUES(10,'2026-03-10T12:00:00.000000+00:00','Kim','add session','1');
INSERT INTO "audit" VALUES(11,'2026-03-10T12:00:00.000000+00:00','Lee','hold candidate','a5e8135a2e10cda6');
CREATE TABLE cache (
	"key" VARCHAR(64) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	packed BLOB NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_cache PRIMARY KEY ("key")
);
INSERT INTO "cache" VALUES('kkkkkkkk','x',X'0001','2026-03-10T12:00:00.000000+00:00');
CREATE TABLE content (
	upload_id INTEGER NOT NULL, 
	packed BLOB NOT NULL, 
	CONSTRAINT pk_content PRIMARY KEY (upload_id), 
	CONSTRAINT fk_content_upload_id FOREIGN KEY(upload_id) REFERENCES upload (id) ON DELETE CASCADE
);
INSERT INTO "content" VALUES(1,X'28B52FFD6092001D0600024C2520506B9B0333A8E58A25E9EDF5709208CAA4CE7DA86B379F237A24444466DE2ED401FE6207A737400E8965CDD53E4C016F59B87765AFB1857BD8E3CED7F08D831FF64816456507ACCC696F124D840810C02D10628110020AA470DE4938546CF84C62F8AB61B0E189025444385406F2656AA5B9785D1595E476473EBDB95DE91D2FBA9DE1E9685F4DAF3E57F24A649EF88B2A95620A1000C7068903C3ABCC6B398D15B896FD18DA18F0360BD0DEC6382C61502C0617EA78DD844D22E63AD54A17');
INSERT INTO "content" VALUES(2,X'28B52FFD202C61010063616E6469646174652C61742C6B696E640A42656E20436F6C652C323032362D30332D30342C7265706C790A');
CREATE TABLE correction (
	id INTEGER NOT NULL, 
	what VARCHAR(20) NOT NULL, 
	about VARCHAR(64) NOT NULL, 
	value JSON NOT NULL, 
	reason TEXT NOT NULL, 
	author VARCHAR(200) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	undone_by VARCHAR(200), 
	undone_at VARCHAR(32), 
	CONSTRAINT pk_correction PRIMARY KEY (id)
);
INSERT INTO "correction" VALUES(1,'asked_for','c7189b0070160bff3eb76fdfbcfcd756','{}','Zoë said so','Kim','2026-03-10T12:00:00.000000+00:00',NULL,NULL);
CREATE TABLE hold (
	id INTEGER NOT NULL, 
	candidate_key VARCHAR(32) NOT NULL, 
	author VARCHAR(200) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	undone_by VARCHAR(200), 
	undone_at VARCHAR(32), 
	CONSTRAINT pk_hold PRIMARY KEY (id)
);
INSERT INTO "hold" VALUES(1,'a5e8135a2e10cda6','Lee','2026-03-10T12:00:00.000000+00:00',NULL,NULL);
CREATE TABLE link (
	id INTEGER NOT NULL, 
	one TEXT NOT NULL, 
	other TEXT NOT NULL, 
	decision VARCHAR(10) NOT NULL, 
	author VARCHAR(200) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	undone_by VARCHAR(200), 
	undone_at VARCHAR(32), 
	CONSTRAINT pk_link PRIMARY KEY (id)
);
INSERT INTO "link" VALUES(1,'{"name": "ana lind"}','{"name": "ben cole"}','different','Kim','2026-03-10T12:00:00.000000+00:00',NULL,NULL);
CREATE TABLE policy (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	version VARCHAR(64) NOT NULL, 
	changes TEXT NOT NULL, 
	author VARCHAR(200) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_policy PRIMARY KEY (id)
);
INSERT INTO "policy" VALUES(1,'Ours','2026-11-23+c77b0ca3','[thank_you.hours_later]
value = 15
','Kim','2026-03-10T12:00:00.000000+00:00');
CREATE TABLE session (
	id INTEGER NOT NULL, 
	candidate_key VARCHAR(32) NOT NULL, 
	held_on VARCHAR(10) NOT NULL, 
	agreed JSON NOT NULL, 
	private_note TEXT NOT NULL, 
	shared_note TEXT NOT NULL, 
	author VARCHAR(200) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	undone_by VARCHAR(200), 
	undone_at VARCHAR(32), 
	CONSTRAINT pk_session PRIMARY KEY (id)
);
INSERT INTO "session" VALUES(1,'a5e8135a2e10cda6','2026-03-09','{"sentence": "Leave it until Friday.", "rule": "leave_it", "due": "2026-03-13", "family": "", "least": 90.0, "application_key": ""}','for us','well done','Kim','2026-03-10T12:00:00.000000+00:00',NULL,NULL);
CREATE TABLE setting (
	id INTEGER NOT NULL, 
	scope VARCHAR(20) NOT NULL, 
	about TEXT NOT NULL, 
	name VARCHAR(50) NOT NULL, 
	value JSON NOT NULL, 
	author VARCHAR(200) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (id)
);
INSERT INTO "setting" VALUES(1,'workspace','','answers','{"zone": "America/New_York", "calendar": "US"}','Kim','2026-03-10T12:00:00.000000+00:00');
INSERT INTO "setting" VALUES(2,'client','acme','setting','{"route": "via_agency"}','Kim','2026-03-10T12:00:00.000000+00:00');
CREATE TABLE typed (
	id INTEGER NOT NULL, 
	source VARCHAR(20) NOT NULL, 
	fields JSON NOT NULL, 
	author VARCHAR(200) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	undone_by VARCHAR(200), 
	undone_at VARCHAR(32), 
	CONSTRAINT pk_typed PRIMARY KEY (id)
);
INSERT INTO "typed" VALUES(1,'typed','{"candidate": "Ben Cole", "client": "Acme", "interviewer": "Dana Osei", "at": "2026-03-05 09:00", "sender": "candidate", "receiver": "client", "channel": "email", "kind": "thank_you"}','Kim','2026-03-10T12:00:00.000000+00:00',NULL,NULL);
CREATE TABLE upload (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	size INTEGER NOT NULL, 
	complete JSON NOT NULL, 
	form VARCHAR(10) NOT NULL, 
	profile VARCHAR(100) NOT NULL, 
	account JSON NOT NULL, 
	author VARCHAR(200) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	undone_by VARCHAR(200), 
	undone_at VARCHAR(32), 
	CONSTRAINT pk_upload PRIMARY KEY (id)
);
INSERT INTO "upload" VALUES(1,'ana.csv','b58d1bccf3aab187e4c69184ec0f743882b1b53ca6f2f1e49b05ffc7d30e2dcb',402,'{"ana.csv": "yes"}','original','','{}','Kim','2026-03-10T12:00:00.000000+00:00',NULL,NULL);
INSERT INTO "upload" VALUES(2,'ben.csv','6f63a14eb20022e17aa4d7fa80ca0eda4b4046fd5061f8170369a90760b26418',44,'{}','original','','{}','Kim','2026-03-10T12:00:00.000000+00:00','Lee','2026-03-10T12:00:00.000000+00:00');
CREATE INDEX ix_audit_at ON audit (at);
CREATE INDEX ix_correction_about ON correction (about);
CREATE INDEX ix_hold_candidate_key ON hold (candidate_key);
CREATE INDEX ix_session_candidate_key ON session (candidate_key);
CREATE INDEX ix_setting_place ON setting (scope, about, name);
CREATE INDEX ix_upload_sha256 ON upload (sha256);
COMMIT;
