BEGIN TRANSACTION;
CREATE TABLE act (
	device INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	entity VARCHAR NOT NULL, 
	cell VARCHAR NOT NULL, 
	lamport INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	author VARCHAR NOT NULL, 
	value TEXT NOT NULL, 
	replaced_device INTEGER, 
	replaced_seq INTEGER, 
	aside VARCHAR, 
	PRIMARY KEY (device, seq)
)
 WITHOUT ROWID

;
INSERT INTO "act" VALUES(1,1,'person','b841f7fc063440c2b41391110434364f','person',1,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','{"name":"王敏"}',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,2,'profile','register','profile',2,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','{"categories":[{"category":"office","leads":[{"zh":"机关事务局"}],"selection":{"zh":"市直机关"}}],"certificate":{"body":{"en":"{site} is a {category} of {city} with {total} points.","zh":"兹认定{site}为{city}{category}，{total}分。"},"number":"SC-{code}-{year}-{serial:03}","remark":{"en":"Valid until {valid_until}","zh":"有效期至{valid_until}"},"title":{"en":"{category} Certificate","zh":"{category}证书"}},"city":{"en":"Shancheng","zh":"山城市"},"districts":[{"key":"east","text":{"en":"East District","zh":"东区"}},{"key":"west","text":{"en":"West District","zh":"西区"}}],"format":"wufei-profile/1","goal":{"by":"2027-12-31","count":"3"},"issuer":{"en":"Shancheng Waste-Free Office","zh":"山城市无废办"},"key":"mountain","official":"no","parameters":{"pass_mark":"15"},"validity_years":"3","version":"1"}',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,3,'edition','e67a09ab479be2c4341742e74c5377e85b0618e0d415482946fec0fdb61bbd51','edition',3,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','{"category":{"code":"JG","key":"office","text":{"en":"Waste-Free Office","zh":"无废机关"}},"edition":"1","effective_from":"2026-01-01","facts":[{"ask":"yes_no","key":"canteen","text":{"en":"Has a canteen","zh":"有食堂"}},{"ask":"number","key":"staff","text":{"en":"Staff","zh":"人数"},"unit":{"zh":"人"}}],"format":"wufei-checklist/1","gates":[{"key":"G1","number":"G1","sources":["own"],"text":{"en":"No offense","zh":"没有违法"},"verify":["document"]}],"groups":[{"items":[{"full":"5","key":"A1","not_applicable":"reason","number":"A1","rule":{"start":"0","sum":[{"key":"plan","text":{"zh":"方案"},"yes_no":{"no":{"points":"0"},"yes":{"points":"2"}}},{"key":"staff","text":{"zh":"人员"},"yes_no":{"no":{"points":"0"},"yes":{"points":"3"}}}]},"scoring":{"en":"A plan 2, staff 3","zh":"有方案 2 分、有人员 3 分"},"sources":["own"],"star":"no","text":{"en":"Leadership","zh":"领导"},"verify":["document"]},{"full":"10","key":"A2","not_applicable":"reason","number":"A2","rule":{"share":{"may_exceed":"no","part":{"zh":"对"},"whole":{"zh":"查"}},"steps":{"each":"1","part_step":"ignore","points":"-1","short_of":"90"}},"scoring":{"en":"1 off for each percent below 90","zh":"90% 以下每低 1 个百分点减 1 分"},"sources":["own"],"star":"no","text":{"en":"Sample","zh":"抽样"},"verify":["site"]}],"key":"A","number":"A","text":{"en":"Organization","zh":"组织"}},{"items":[{"applies":{"fact":"canteen","is":["yes"]},"full":"5","key":"B1","not_applicable":"reason","number":"B1","rule":{"yes_no":{"no":{"points":"0"},"yes":{"points":"5"}}},"scoring":{"en":"Yes 5","zh":"是 5 分"},"sources":["own"],"star":"no","text":{"en":"Food waste apart","zh":"餐厨垃圾单独收运"},"verify":["site"]}],"key":"B","number":"B","text":{"en":"Canteen","zh":"食堂"}}],"key":"SMALL","official":"no","parameters":[{"key":"pass_mark","text":{"zh":"通过线"},"unit":{"zh":"分"},"value":"15"}],"scoring":{"grades":[{"groups_at_least":"50","key":"pass","text":{"en":"Pass","zh":"合格"},"total_at_least":"$pass_mark"},{"key":"good","text":{"en":"Good","zh":"良好"},"total_at_least":"19"}],"not_applicable":"rescale"},"sources":[{"key":"own","title":{"en":"Made for tests","zh":"测试所编"}}],"title":{"en":"Small Checklist","zh":"小型标准"}}',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,4,'edition_source','e67a09ab479be2c4341742e74c5377e85b0618e0d415482946fec0fdb61bbd51','source',4,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','{"category":{"code":"JG","key":"office","text":{"en":"Waste-Free Office","zh":"无废机关"}},"edition":"1","effective_from":"2026-01-01","facts":[{"ask":"yes_no","key":"canteen","text":{"en":"Has a canteen","zh":"有食堂"}},{"ask":"number","key":"staff","text":{"en":"Staff","zh":"人数"},"unit":{"zh":"人"}}],"format":"wufei-checklist/1","gates":[{"key":"G1","number":"G1","sources":["own"],"text":{"en":"No offense","zh":"没有违法"},"verify":["document"]}],"groups":[{"items":[{"full":"5","key":"A1","not_applicable":"reason","number":"A1","rule":{"start":"0","sum":[{"key":"plan","text":{"zh":"方案"},"yes_no":{"no":{"points":"0"},"yes":{"points":"2"}}},{"key":"staff","text":{"zh":"人员"},"yes_no":{"no":{"points":"0"},"yes":{"points":"3"}}}]},"scoring":{"en":"A plan 2, staff 3","zh":"有方案 2 分、有人员 3 分"},"sources":["own"],"star":"no","text":{"en":"Leadership","zh":"领导"},"verify":["document"]},{"full":"10","key":"A2","not_applicable":"reason","number":"A2","rule":{"share":{"may_exceed":"no","part":{"zh":"对"},"whole":{"zh":"查"}},"steps":{"each":"1","part_step":"ignore","points":"-1","short_of":"90"}},"scoring":{"en":"1 off for each percent below 90","zh":"90% 以下每低 1 个百分点减 1 分"},"sources":["own"],"star":"no","text":{"en":"Sample","zh":"抽样"},"verify":["site"]}],"key":"A","number":"A","text":{"en":"Organization","zh":"组织"}},{"items":[{"applies":{"fact":"canteen","is":["yes"]},"full":"5","key":"B1","not_applicable":"reason","number":"B1","rule":{"yes_no":{"no":{"points":"0"},"yes":{"points":"5"}}},"scoring":{"en":"Yes 5","zh":"是 5 分"},"sources":["own"],"star":"no","text":{"en":"Food waste apart","zh":"餐厨垃圾单独收运"},"verify":["site"]}],"key":"B","number":"B","text":{"en":"Canteen","zh":"食堂"}}],"key":"SMALL","official":"no","parameters":[{"key":"pass_mark","text":{"zh":"通过线"},"unit":{"zh":"分"},"value":"16"}],"scoring":{"grades":[{"groups_at_least":"50","key":"pass","text":{"en":"Pass","zh":"合格"},"total_at_least":"$pass_mark"},{"key":"good","text":{"en":"Good","zh":"良好"},"total_at_least":"19"}],"not_applicable":"rescale"},"sources":[{"key":"own","title":{"en":"Made for tests","zh":"测试所编"}}],"title":{"en":"Small Checklist","zh":"小型标准"}}',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,5,'site','c62bb069280a449797bc2198aea4e25b','name',5,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','"甲单位"',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,6,'site','c62bb069280a449797bc2198aea4e25b','category',6,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','"office"',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,7,'site','c62bb069280a449797bc2198aea4e25b','district',7,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','"east"',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,8,'site_fact','c62bb069280a449797bc2198aea4e25b','fact.canteen',8,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','"yes"',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,9,'assessment','15449fa43ee148ac964dbd24721110e4','header',9,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','{"assessors":["王敏"],"column":"onsite","edition":"e67a09ab479be2c4341742e74c5377e85b0618e0d415482946fec0fdb61bbd51","site":"c62bb069280a449797bc2198aea4e25b","visited_on":null}',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,10,'answer','15449fa43ee148ac964dbd24721110e4','answer.G1',10,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','{"entry":"915d62277c988243f8c4718b4c338fa8b41f0f2d180263ad8c1c1cd350a8ad0d","na":null,"note":"","value":"yes"}',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,11,'answer','15449fa43ee148ac964dbd24721110e4','answer.A1',11,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','{"entry":"867c4c54852dd274350c8dbed88575d573543a1d881546c4f8f787d650cc9ff3","na":null,"note":"","value":{"plan":"yes","staff":"yes"}}',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,12,'answer','15449fa43ee148ac964dbd24721110e4','answer.A2',12,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','{"entry":"f40687cad6e26299ab19a668a3a35709dc66c634332c507fb2a541b77baacd22","na":null,"note":"","value":{"part":"95","whole":"100"}}',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,13,'answer','15449fa43ee148ac964dbd24721110e4','answer.B1',13,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','{"entry":"1cc57bb1e08848f31410b0a535c41820af807590a08006cf4c043c8efe549c3b","na":null,"note":"","value":"yes"}',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,14,'assessment_state','15449fa43ee148ac964dbd24721110e4','state',14,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','{"basis":"0dc691098045d196b1f0deed2cc620f459d73f023fb2ba9e0554abb52e6a0c1e","facts":{"canteen":"yes"},"level":"good","passed":true,"revision":1,"seal":"531b6b75b16f7a3d01ea995d77b90ddac11edb763b15c774ec5887206107e0bd","stage":"finished","total":"20"}',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,15,'person','41ee6d287efc438a813e053616af6a70','person',15,'2026-11-02T01:00:00+00:00','41ee6d287efc438a813e053616af6a70','{"name":"周主任"}',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,16,'assessment_state','15449fa43ee148ac964dbd24721110e4','state',16,'2026-11-02T01:00:00+00:00','41ee6d287efc438a813e053616af6a70','{"basis":"0dc691098045d196b1f0deed2cc620f459d73f023fb2ba9e0554abb52e6a0c1e","batch":null,"decided_at":"2026-11-02T01:00:00+00:00","decided_by":"41ee6d287efc438a813e053616af6a70","facts":{"canteen":"yes"},"level":"good","passed":true,"remarks":"","revision":1,"seal":"531b6b75b16f7a3d01ea995d77b90ddac11edb763b15c774ec5887206107e0bd","stage":"approved","total":"20"}',1,14,NULL);
INSERT INTO "act" VALUES(1,17,'number_keeper','register','number_keeper',17,'2026-11-02T01:00:00+00:00','41ee6d287efc438a813e053616af6a70','{"device":"4219a7e61cb92c32471a5a7cb04104e0"}',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,18,'certificate','442d6e240d764bf18dc1d5edca043251','record',18,'2026-11-02T01:00:00+00:00','41ee6d287efc438a813e053616af6a70','{"assessment":"15449fa43ee148ac964dbd24721110e4","basis":"0dc691098045d196b1f0deed2cc620f459d73f023fb2ba9e0554abb52e6a0c1e","batch":"","category":"office","category_text":{"en":"Waste-Free Office","zh":"无废机关"},"checklist":{"en":"Small Checklist","zh":"小型标准"},"city":{"en":"Shancheng","zh":"山城市"},"district":"east","document_number":"","edition":"1","example":false,"issued_on":"2026-11-02","issuer":{"en":"Shancheng Waste-Free Office","zh":"山城市无废办"},"level":{"en":"Good","zh":"良好"},"named_on":null,"number":"SC-JG-2026-001","official":false,"proof":"","renews":"","site":"c62bb069280a449797bc2198aea4e25b","site_name":"甲单位","total":"20","valid_until":"2029-11-02","wording":{"en":{"body":"甲单位 is a Waste-Free Office of Shancheng with 20 points.","remark":"Valid until November 2, 2029","title":"Waste-Free Office Certificate"},"zh":{"body":"兹认定甲单位为山城市无废机关，20分。","remark":"有效期至2029年11月2日","title":"无废机关证书"}}}',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,19,'assessment_state','15449fa43ee148ac964dbd24721110e4','state',19,'2026-11-02T01:00:00+00:00','41ee6d287efc438a813e053616af6a70','{"basis":"0dc691098045d196b1f0deed2cc620f459d73f023fb2ba9e0554abb52e6a0c1e","batch":null,"decided_at":"2026-11-02T01:00:00+00:00","decided_by":"41ee6d287efc438a813e053616af6a70","facts":{"canteen":"yes"},"level":"good","passed":true,"remarks":"","revision":1,"seal":"531b6b75b16f7a3d01ea995d77b90ddac11edb763b15c774ec5887206107e0bd","stage":"certified","total":"20"}',1,16,NULL);
INSERT INTO "act" VALUES(1,20,'site','85a74a8eb01b482284221fa0f5a0f451','name',20,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','"乙单位"',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,21,'site','85a74a8eb01b482284221fa0f5a0f451','category',21,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','"office"',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,22,'site','85a74a8eb01b482284221fa0f5a0f451','district',22,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','"east"',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,23,'site_fact','85a74a8eb01b482284221fa0f5a0f451','fact.canteen',23,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','"yes"',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,24,'assessment','0edc8a3d0d0547da94113ecfa3354c48','header',24,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','{"assessors":["王敏"],"column":"onsite","edition":"e67a09ab479be2c4341742e74c5377e85b0618e0d415482946fec0fdb61bbd51","site":"85a74a8eb01b482284221fa0f5a0f451","visited_on":null}',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,25,'answer','0edc8a3d0d0547da94113ecfa3354c48','answer.G1',25,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','{"entry":"915d62277c988243f8c4718b4c338fa8b41f0f2d180263ad8c1c1cd350a8ad0d","na":null,"note":"已查","value":"yes"}',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,26,'answer','0edc8a3d0d0547da94113ecfa3354c48','answer.A1',26,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','{"entry":"867c4c54852dd274350c8dbed88575d573543a1d881546c4f8f787d650cc9ff3","na":null,"note":"","value":{"plan":"yes","staff":"no"}}',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,27,'answer','0edc8a3d0d0547da94113ecfa3354c48','answer.A2',27,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','{"entry":"f40687cad6e26299ab19a668a3a35709dc66c634332c507fb2a541b77baacd22","na":"没有桶","note":"","value":null}',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,28,'site','21f18791f2f846c084f94a0bd7875f5c','name',28,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','"丙单位"',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,29,'site','21f18791f2f846c084f94a0bd7875f5c','category',29,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','"office"',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,30,'site','21f18791f2f846c084f94a0bd7875f5c','district',30,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','"east"',NULL,NULL,NULL);
INSERT INTO "act" VALUES(1,31,'site_fact','21f18791f2f846c084f94a0bd7875f5c','fact.canteen',31,'2026-11-02T01:00:00+00:00','b841f7fc063440c2b41391110434364f','"yes"',NULL,NULL,NULL);
CREATE TABLE answer (
	assessment VARCHAR NOT NULL, 
	item VARCHAR NOT NULL, 
	value TEXT NOT NULL, 
	na TEXT, 
	note TEXT NOT NULL, 
	more TEXT, 
	entry_hash VARCHAR NOT NULL, 
	author VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	lamport INTEGER NOT NULL, 
	PRIMARY KEY (assessment, item)
)
 WITHOUT ROWID

;
INSERT INTO "answer" VALUES('0edc8a3d0d0547da94113ecfa3354c48','A1','{"plan":"yes","staff":"no"}',NULL,'',NULL,'867c4c54852dd274350c8dbed88575d573543a1d881546c4f8f787d650cc9ff3','b841f7fc063440c2b41391110434364f','2026-11-02T01:00:00+00:00',26);
INSERT INTO "answer" VALUES('0edc8a3d0d0547da94113ecfa3354c48','A2','null','没有桶','',NULL,'f40687cad6e26299ab19a668a3a35709dc66c634332c507fb2a541b77baacd22','b841f7fc063440c2b41391110434364f','2026-11-02T01:00:00+00:00',27);
INSERT INTO "answer" VALUES('0edc8a3d0d0547da94113ecfa3354c48','G1','"yes"',NULL,'已查',NULL,'915d62277c988243f8c4718b4c338fa8b41f0f2d180263ad8c1c1cd350a8ad0d','b841f7fc063440c2b41391110434364f','2026-11-02T01:00:00+00:00',25);
INSERT INTO "answer" VALUES('15449fa43ee148ac964dbd24721110e4','A1','{"plan":"yes","staff":"yes"}',NULL,'',NULL,'867c4c54852dd274350c8dbed88575d573543a1d881546c4f8f787d650cc9ff3','b841f7fc063440c2b41391110434364f','2026-11-02T01:00:00+00:00',11);
INSERT INTO "answer" VALUES('15449fa43ee148ac964dbd24721110e4','A2','{"part":"95","whole":"100"}',NULL,'',NULL,'f40687cad6e26299ab19a668a3a35709dc66c634332c507fb2a541b77baacd22','b841f7fc063440c2b41391110434364f','2026-11-02T01:00:00+00:00',12);
INSERT INTO "answer" VALUES('15449fa43ee148ac964dbd24721110e4','B1','"yes"',NULL,'',NULL,'1cc57bb1e08848f31410b0a535c41820af807590a08006cf4c043c8efe549c3b','b841f7fc063440c2b41391110434364f','2026-11-02T01:00:00+00:00',13);
INSERT INTO "answer" VALUES('15449fa43ee148ac964dbd24721110e4','G1','"yes"',NULL,'',NULL,'915d62277c988243f8c4718b4c338fa8b41f0f2d180263ad8c1c1cd350a8ad0d','b841f7fc063440c2b41391110434364f','2026-11-02T01:00:00+00:00',10);
CREATE TABLE application (
	assessment VARCHAR NOT NULL, 
	applied_on VARCHAR NOT NULL, 
	signatory VARCHAR NOT NULL, 
	committed_on VARCHAR NOT NULL, 
	recommended_by VARCHAR NOT NULL, 
	highlights TEXT NOT NULL, 
	author VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	PRIMARY KEY (assessment)
)
 WITHOUT ROWID

;
CREATE TABLE arrival (
	id VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	undone_at VARCHAR, 
	summary TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
CREATE TABLE assessment (
	id VARCHAR NOT NULL, 
	site VARCHAR DEFAULT '' NOT NULL, 
	edition VARCHAR DEFAULT '' NOT NULL, 
	"column" VARCHAR DEFAULT '' NOT NULL, 
	part_of VARCHAR, 
	assessors TEXT DEFAULT '[]' NOT NULL, 
	visited_on VARCHAR, 
	started_at VARCHAR DEFAULT '' NOT NULL, 
	lamport INTEGER DEFAULT '0' NOT NULL, 
	came_from TEXT DEFAULT '[]' NOT NULL, 
	stage VARCHAR DEFAULT 'scoring' NOT NULL, 
	facts TEXT, 
	total VARCHAR, 
	level VARCHAR, 
	passed INTEGER, 
	basis VARCHAR, 
	decided_by VARCHAR, 
	decided_at VARCHAR, 
	remarks TEXT DEFAULT '' NOT NULL, 
	returned TEXT DEFAULT '{}' NOT NULL, 
	revision INTEGER DEFAULT '1' NOT NULL, 
	reviewed_by VARCHAR, 
	reviewed_at VARCHAR, 
	seal VARCHAR, 
	batch VARCHAR, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "assessment" VALUES('0edc8a3d0d0547da94113ecfa3354c48','85a74a8eb01b482284221fa0f5a0f451','e67a09ab479be2c4341742e74c5377e85b0618e0d415482946fec0fdb61bbd51','onsite',NULL,'["王敏"]',NULL,'2026-11-02T01:00:00+00:00',24,'[]','scoring',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'','{}',1,NULL,NULL,NULL,NULL);
INSERT INTO "assessment" VALUES('15449fa43ee148ac964dbd24721110e4','c62bb069280a449797bc2198aea4e25b','e67a09ab479be2c4341742e74c5377e85b0618e0d415482946fec0fdb61bbd51','onsite',NULL,'["王敏"]',NULL,'2026-11-02T01:00:00+00:00',9,'[]','certified','{"canteen":"yes"}','20','good',1,'0dc691098045d196b1f0deed2cc620f459d73f023fb2ba9e0554abb52e6a0c1e','41ee6d287efc438a813e053616af6a70','2026-11-02T01:00:00+00:00','','{}',1,NULL,NULL,'531b6b75b16f7a3d01ea995d77b90ddac11edb763b15c774ec5887206107e0bd',NULL);
CREATE TABLE awaited (
	entity VARCHAR NOT NULL, 
	cell VARCHAR NOT NULL, 
	device INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	PRIMARY KEY (entity, cell, device, seq)
)
 WITHOUT ROWID

;
CREATE TABLE batch (
	id VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	notice_from VARCHAR, 
	notice_until VARCHAR, 
	contact TEXT NOT NULL, 
	document_number VARCHAR NOT NULL, 
	named_on VARCHAR, 
	author VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	lamport INTEGER NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
CREATE TABLE bundle (
	device INTEGER NOT NULL, 
	first INTEGER NOT NULL, 
	last INTEGER NOT NULL, 
	hash VARCHAR NOT NULL, 
	previous VARCHAR NOT NULL, 
	signer VARCHAR NOT NULL, 
	content BLOB NOT NULL, 
	arrival VARCHAR NOT NULL, 
	PRIMARY KEY (device, first, hash)
)
 WITHOUT ROWID

;
CREATE TABLE certificate (
	id VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	site VARCHAR NOT NULL, 
	assessment VARCHAR NOT NULL, 
	category VARCHAR NOT NULL, 
	district VARCHAR NOT NULL, 
	issued_on VARCHAR NOT NULL, 
	valid_until VARCHAR NOT NULL, 
	lamport INTEGER NOT NULL, 
	record TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "certificate" VALUES('442d6e240d764bf18dc1d5edca043251','SC-JG-2026-001','c62bb069280a449797bc2198aea4e25b','15449fa43ee148ac964dbd24721110e4','office','east','2026-11-02','2029-11-02',18,'{"assessment":"15449fa43ee148ac964dbd24721110e4","basis":"0dc691098045d196b1f0deed2cc620f459d73f023fb2ba9e0554abb52e6a0c1e","batch":"","category":"office","category_text":{"en":"Waste-Free Office","zh":"无废机关"},"checklist":{"en":"Small Checklist","zh":"小型标准"},"city":{"en":"Shancheng","zh":"山城市"},"district":"east","document_number":"","edition":"1","example":false,"issued_on":"2026-11-02","issuer":{"en":"Shancheng Waste-Free Office","zh":"山城市无废办"},"level":{"en":"Good","zh":"良好"},"named_on":null,"number":"SC-JG-2026-001","official":false,"proof":"","renews":"","site":"c62bb069280a449797bc2198aea4e25b","site_name":"甲单位","total":"20","valid_until":"2029-11-02","wording":{"en":{"body":"甲单位 is a Waste-Free Office of Shancheng with 20 points.","remark":"Valid until November 2, 2029","title":"Waste-Free Office Certificate"},"zh":{"body":"兹认定甲单位为山城市无废机关，20分。","remark":"有效期至2029年11月2日","title":"无废机关证书"}}}');
CREATE TABLE certificate_event (
	certificate VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	"on" VARCHAR NOT NULL, 
	until VARCHAR, 
	year INTEGER, 
	reason TEXT NOT NULL, 
	document_number VARCHAR NOT NULL, 
	author VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	lamport INTEGER NOT NULL, 
	PRIMARY KEY (certificate, id)
)
 WITHOUT ROWID

;
CREATE TABLE "conflict" (
	entity VARCHAR NOT NULL, 
	cell VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	distinct_values INTEGER NOT NULL, 
	PRIMARY KEY (entity, cell)
)
 WITHOUT ROWID

;
CREATE TABLE device (
	id INTEGER NOT NULL, 
	uuid VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (uuid)
);
INSERT INTO "device" VALUES(1,'4219a7e61cb92c32471a5a7cb04104e0','vm');
CREATE TABLE draft (
	id VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	category VARCHAR NOT NULL, 
	based_on VARCHAR, 
	document TEXT NOT NULL, 
	author VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
CREATE TABLE drawing (
	id VARCHAR NOT NULL, 
	drawn_on VARCHAR NOT NULL, 
	author VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	record TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
CREATE TABLE edition (
	id VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	edition VARCHAR NOT NULL, 
	category VARCHAR NOT NULL, 
	effective_from VARCHAR NOT NULL, 
	effective_until VARCHAR, 
	districts TEXT NOT NULL, 
	extends VARCHAR, 
	lamport INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "edition" VALUES('e67a09ab479be2c4341742e74c5377e85b0618e0d415482946fec0fdb61bbd51','SMALL','1','office','2026-01-01',NULL,'[]',NULL,3,'{"category":{"code":"JG","key":"office","text":{"en":"Waste-Free Office","zh":"无废机关"}},"edition":"1","effective_from":"2026-01-01","facts":[{"ask":"yes_no","key":"canteen","text":{"en":"Has a canteen","zh":"有食堂"}},{"ask":"number","key":"staff","text":{"en":"Staff","zh":"人数"},"unit":{"zh":"人"}}],"format":"wufei-checklist/1","gates":[{"key":"G1","number":"G1","sources":["own"],"text":{"en":"No offense","zh":"没有违法"},"verify":["document"]}],"groups":[{"items":[{"full":"5","key":"A1","not_applicable":"reason","number":"A1","rule":{"start":"0","sum":[{"key":"plan","text":{"zh":"方案"},"yes_no":{"no":{"points":"0"},"yes":{"points":"2"}}},{"key":"staff","text":{"zh":"人员"},"yes_no":{"no":{"points":"0"},"yes":{"points":"3"}}}]},"scoring":{"en":"A plan 2, staff 3","zh":"有方案 2 分、有人员 3 分"},"sources":["own"],"star":"no","text":{"en":"Leadership","zh":"领导"},"verify":["document"]},{"full":"10","key":"A2","not_applicable":"reason","number":"A2","rule":{"share":{"may_exceed":"no","part":{"zh":"对"},"whole":{"zh":"查"}},"steps":{"each":"1","part_step":"ignore","points":"-1","short_of":"90"}},"scoring":{"en":"1 off for each percent below 90","zh":"90% 以下每低 1 个百分点减 1 分"},"sources":["own"],"star":"no","text":{"en":"Sample","zh":"抽样"},"verify":["site"]}],"key":"A","number":"A","text":{"en":"Organization","zh":"组织"}},{"items":[{"applies":{"fact":"canteen","is":["yes"]},"full":"5","key":"B1","not_applicable":"reason","number":"B1","rule":{"yes_no":{"no":{"points":"0"},"yes":{"points":"5"}}},"scoring":{"en":"Yes 5","zh":"是 5 分"},"sources":["own"],"star":"no","text":{"en":"Food waste apart","zh":"餐厨垃圾单独收运"},"verify":["site"]}],"key":"B","number":"B","text":{"en":"Canteen","zh":"食堂"}}],"key":"SMALL","official":"no","parameters":[{"key":"pass_mark","text":{"zh":"通过线"},"unit":{"zh":"分"},"value":"15"}],"scoring":{"grades":[{"groups_at_least":"50","key":"pass","text":{"en":"Pass","zh":"合格"},"total_at_least":"$pass_mark"},{"key":"good","text":{"en":"Good","zh":"良好"},"total_at_least":"19"}],"not_applicable":"rescale"},"sources":[{"key":"own","title":{"en":"Made for tests","zh":"测试所编"}}],"title":{"en":"Small Checklist","zh":"小型标准"}}');
CREATE TABLE edition_source (
	id VARCHAR NOT NULL, 
	document TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "edition_source" VALUES('e67a09ab479be2c4341742e74c5377e85b0618e0d415482946fec0fdb61bbd51','{"category":{"code":"JG","key":"office","text":{"en":"Waste-Free Office","zh":"无废机关"}},"edition":"1","effective_from":"2026-01-01","facts":[{"ask":"yes_no","key":"canteen","text":{"en":"Has a canteen","zh":"有食堂"}},{"ask":"number","key":"staff","text":{"en":"Staff","zh":"人数"},"unit":{"zh":"人"}}],"format":"wufei-checklist/1","gates":[{"key":"G1","number":"G1","sources":["own"],"text":{"en":"No offense","zh":"没有违法"},"verify":["document"]}],"groups":[{"items":[{"full":"5","key":"A1","not_applicable":"reason","number":"A1","rule":{"start":"0","sum":[{"key":"plan","text":{"zh":"方案"},"yes_no":{"no":{"points":"0"},"yes":{"points":"2"}}},{"key":"staff","text":{"zh":"人员"},"yes_no":{"no":{"points":"0"},"yes":{"points":"3"}}}]},"scoring":{"en":"A plan 2, staff 3","zh":"有方案 2 分、有人员 3 分"},"sources":["own"],"star":"no","text":{"en":"Leadership","zh":"领导"},"verify":["document"]},{"full":"10","key":"A2","not_applicable":"reason","number":"A2","rule":{"share":{"may_exceed":"no","part":{"zh":"对"},"whole":{"zh":"查"}},"steps":{"each":"1","part_step":"ignore","points":"-1","short_of":"90"}},"scoring":{"en":"1 off for each percent below 90","zh":"90% 以下每低 1 个百分点减 1 分"},"sources":["own"],"star":"no","text":{"en":"Sample","zh":"抽样"},"verify":["site"]}],"key":"A","number":"A","text":{"en":"Organization","zh":"组织"}},{"items":[{"applies":{"fact":"canteen","is":["yes"]},"full":"5","key":"B1","not_applicable":"reason","number":"B1","rule":{"yes_no":{"no":{"points":"0"},"yes":{"points":"5"}}},"scoring":{"en":"Yes 5","zh":"是 5 分"},"sources":["own"],"star":"no","text":{"en":"Food waste apart","zh":"餐厨垃圾单独收运"},"verify":["site"]}],"key":"B","number":"B","text":{"en":"Canteen","zh":"食堂"}}],"key":"SMALL","official":"no","parameters":[{"key":"pass_mark","text":{"zh":"通过线"},"unit":{"zh":"分"},"value":"16"}],"scoring":{"grades":[{"groups_at_least":"50","key":"pass","text":{"en":"Pass","zh":"合格"},"total_at_least":"$pass_mark"},{"key":"good","text":{"en":"Good","zh":"良好"},"total_at_least":"19"}],"not_applicable":"rescale"},"sources":[{"key":"own","title":{"en":"Made for tests","zh":"测试所编"}}],"title":{"en":"Small Checklist","zh":"小型标准"}}');
CREATE TABLE edition_state (
	id VARCHAR NOT NULL, 
	retired_on VARCHAR, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
CREATE TABLE erasure (
	file VARCHAR NOT NULL, 
	reason TEXT NOT NULL, 
	author VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	PRIMARY KEY (file)
)
 WITHOUT ROWID

;
CREATE TABLE evidence (
	assessment VARCHAR NOT NULL, 
	item VARCHAR NOT NULL, 
	file VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	caption TEXT NOT NULL, 
	until VARCHAR, 
	author VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	PRIMARY KEY (assessment, item, file)
)
 WITHOUT ROWID

;
CREATE TABLE evidence_file (
	id VARCHAR NOT NULL, 
	media_type VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	width INTEGER, 
	height INTEGER, 
	taken_at VARCHAR, 
	latitude VARCHAR, 
	longitude VARCHAR, 
	likeness VARCHAR NOT NULL, 
	original VARCHAR, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
CREATE TABLE finding (
	id VARCHAR NOT NULL, 
	assessment VARCHAR DEFAULT '' NOT NULL, 
	item VARCHAR DEFAULT '' NOT NULL, 
	severity VARCHAR DEFAULT '' NOT NULL, 
	text TEXT DEFAULT '' NOT NULL, 
	action TEXT DEFAULT '' NOT NULL, 
	responsible VARCHAR DEFAULT '' NOT NULL, 
	due VARCHAR, 
	author VARCHAR DEFAULT '' NOT NULL, 
	at VARCHAR DEFAULT '' NOT NULL, 
	state VARCHAR DEFAULT 'open' NOT NULL, 
	check_note TEXT DEFAULT '' NOT NULL, 
	checked_by VARCHAR, 
	checked_on VARCHAR, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
CREATE TABLE further_replacement (
	device INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	replaced_device INTEGER NOT NULL, 
	replaced_seq INTEGER NOT NULL, 
	PRIMARY KEY (device, seq, replaced_device, replaced_seq)
)
 WITHOUT ROWID

;
CREATE TABLE head (
	entity VARCHAR NOT NULL, 
	cell VARCHAR NOT NULL, 
	device INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	PRIMARY KEY (entity, cell, device, seq)
)
 WITHOUT ROWID

;
INSERT INTO "head" VALUES('0edc8a3d0d0547da94113ecfa3354c48','answer.A1',1,26);
INSERT INTO "head" VALUES('0edc8a3d0d0547da94113ecfa3354c48','answer.A2',1,27);
INSERT INTO "head" VALUES('0edc8a3d0d0547da94113ecfa3354c48','answer.G1',1,25);
INSERT INTO "head" VALUES('0edc8a3d0d0547da94113ecfa3354c48','header',1,24);
INSERT INTO "head" VALUES('15449fa43ee148ac964dbd24721110e4','answer.A1',1,11);
INSERT INTO "head" VALUES('15449fa43ee148ac964dbd24721110e4','answer.A2',1,12);
INSERT INTO "head" VALUES('15449fa43ee148ac964dbd24721110e4','answer.B1',1,13);
INSERT INTO "head" VALUES('15449fa43ee148ac964dbd24721110e4','answer.G1',1,10);
INSERT INTO "head" VALUES('15449fa43ee148ac964dbd24721110e4','header',1,9);
INSERT INTO "head" VALUES('15449fa43ee148ac964dbd24721110e4','state',1,19);
INSERT INTO "head" VALUES('21f18791f2f846c084f94a0bd7875f5c','category',1,29);
INSERT INTO "head" VALUES('21f18791f2f846c084f94a0bd7875f5c','district',1,30);
INSERT INTO "head" VALUES('21f18791f2f846c084f94a0bd7875f5c','fact.canteen',1,31);
INSERT INTO "head" VALUES('21f18791f2f846c084f94a0bd7875f5c','name',1,28);
INSERT INTO "head" VALUES('41ee6d287efc438a813e053616af6a70','person',1,15);
INSERT INTO "head" VALUES('442d6e240d764bf18dc1d5edca043251','record',1,18);
INSERT INTO "head" VALUES('85a74a8eb01b482284221fa0f5a0f451','category',1,21);
INSERT INTO "head" VALUES('85a74a8eb01b482284221fa0f5a0f451','district',1,22);
INSERT INTO "head" VALUES('85a74a8eb01b482284221fa0f5a0f451','fact.canteen',1,23);
INSERT INTO "head" VALUES('85a74a8eb01b482284221fa0f5a0f451','name',1,20);
INSERT INTO "head" VALUES('b841f7fc063440c2b41391110434364f','person',1,1);
INSERT INTO "head" VALUES('c62bb069280a449797bc2198aea4e25b','category',1,6);
INSERT INTO "head" VALUES('c62bb069280a449797bc2198aea4e25b','district',1,7);
INSERT INTO "head" VALUES('c62bb069280a449797bc2198aea4e25b','fact.canteen',1,8);
INSERT INTO "head" VALUES('c62bb069280a449797bc2198aea4e25b','name',1,5);
INSERT INTO "head" VALUES('e67a09ab479be2c4341742e74c5377e85b0618e0d415482946fec0fdb61bbd51','edition',1,3);
INSERT INTO "head" VALUES('e67a09ab479be2c4341742e74c5377e85b0618e0d415482946fec0fdb61bbd51','source',1,4);
INSERT INTO "head" VALUES('register','number_keeper',1,17);
INSERT INTO "head" VALUES('register','profile',1,2);
CREATE TABLE heard (
	device VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	received_at VARCHAR NOT NULL, 
	document TEXT NOT NULL, 
	PRIMARY KEY (device)
)
 WITHOUT ROWID

;
CREATE TABLE held_bundle (
	hash VARCHAR NOT NULL, 
	device VARCHAR NOT NULL, 
	first INTEGER NOT NULL, 
	last INTEGER NOT NULL, 
	signer VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	content BLOB NOT NULL, 
	arrival VARCHAR NOT NULL, 
	PRIMARY KEY (hash)
)
 WITHOUT ROWID

;
CREATE TABLE look (
	person VARCHAR NOT NULL, 
	entity VARCHAR NOT NULL, 
	lamport INTEGER NOT NULL, 
	PRIMARY KEY (person, entity)
)
 WITHOUT ROWID

;
CREATE TABLE meta (
	name VARCHAR NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
)
 WITHOUT ROWID

;
INSERT INTO "meta" VALUES('criteria','e043ee6910b896756ea681425ddb79589b0ef7b378ca68ad02c824e7f8df8034');
INSERT INTO "meta" VALUES('device_key','w2CMGCEfOSbF5JXCwI+34GDCErgTQuxnysvBH+FD7+Y=');
INSERT INTO "meta" VALUES('profile','8227dd8576d2f6b8b3dd565b5dd576ee9433d06643bfe3954389fbb43026db8d');
INSERT INTO "meta" VALUES('read_by','7fe8da5c2bf2260314b0e9e9ed9d20af585a78034ec004c0f6ee1b12b283a6c0');
INSERT INTO "meta" VALUES('schema','5.0');
INSERT INTO "meta" VALUES('stands_for','');
INSERT INTO "meta" VALUES('this_device','4219a7e61cb92c32471a5a7cb04104e0');
CREATE TABLE number_block (
	id VARCHAR NOT NULL, 
	series VARCHAR NOT NULL, 
	first INTEGER NOT NULL, 
	last INTEGER NOT NULL, 
	device VARCHAR NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
CREATE TABLE number_keeper (
	id VARCHAR NOT NULL, 
	device VARCHAR NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "number_keeper" VALUES('register','4219a7e61cb92c32471a5a7cb04104e0');
CREATE TABLE objection (
	id VARCHAR NOT NULL, 
	assessment VARCHAR DEFAULT '' NOT NULL, 
	kind VARCHAR DEFAULT '' NOT NULL, 
	item VARCHAR DEFAULT '' NOT NULL, 
	revision INTEGER DEFAULT '1' NOT NULL, 
	text TEXT DEFAULT '' NOT NULL, 
	name VARCHAR DEFAULT '' NOT NULL, 
	contact VARCHAR DEFAULT '' NOT NULL, 
	received_on VARCHAR DEFAULT '' NOT NULL, 
	due VARCHAR, 
	author VARCHAR DEFAULT '' NOT NULL, 
	at VARCHAR DEFAULT '' NOT NULL, 
	lamport INTEGER DEFAULT '0' NOT NULL, 
	outcome VARCHAR DEFAULT 'open' NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	settled_by VARCHAR, 
	settled_on VARCHAR, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
CREATE TABLE office_key (
	id VARCHAR NOT NULL, 
	issuer VARCHAR NOT NULL, 
	since VARCHAR NOT NULL, 
	predecessor VARCHAR, 
	document TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
CREATE TABLE person (
	id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "person" VALUES('41ee6d287efc438a813e053616af6a70','周主任');
INSERT INTO "person" VALUES('b841f7fc063440c2b41391110434364f','王敏');
CREATE TABLE precheck (
	assessment VARCHAR NOT NULL, 
	findings TEXT NOT NULL, 
	author VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	PRIMARY KEY (assessment)
)
 WITHOUT ROWID

;
CREATE TABLE profile (
	id VARCHAR NOT NULL, 
	document TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "profile" VALUES('register','{"categories":[{"category":"office","leads":[{"zh":"机关事务局"}],"selection":{"zh":"市直机关"}}],"certificate":{"body":{"en":"{site} is a {category} of {city} with {total} points.","zh":"兹认定{site}为{city}{category}，{total}分。"},"number":"SC-{code}-{year}-{serial:03}","remark":{"en":"Valid until {valid_until}","zh":"有效期至{valid_until}"},"title":{"en":"{category} Certificate","zh":"{category}证书"}},"city":{"en":"Shancheng","zh":"山城市"},"districts":[{"key":"east","text":{"en":"East District","zh":"东区"}},{"key":"west","text":{"en":"West District","zh":"西区"}}],"format":"wufei-profile/1","goal":{"by":"2027-12-31","count":"3"},"issuer":{"en":"Shancheng Waste-Free Office","zh":"山城市无废办"},"key":"mountain","official":"no","parameters":{"pass_mark":"15"},"validity_years":"3","version":"1"}');
CREATE TABLE role (
	person VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	PRIMARY KEY (person, role)
)
 WITHOUT ROWID

;
CREATE TABLE signature (
	id VARCHAR NOT NULL, 
	assessment VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	part VARCHAR NOT NULL, 
	strokes TEXT NOT NULL, 
	basis VARCHAR NOT NULL, 
	author VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
CREATE TABLE site (
	id VARCHAR NOT NULL, 
	name VARCHAR DEFAULT '' NOT NULL, 
	category VARCHAR DEFAULT '' NOT NULL, 
	district VARCHAR DEFAULT '' NOT NULL, 
	address VARCHAR DEFAULT '' NOT NULL, 
	credit_code VARCHAR DEFAULT '' NOT NULL, 
	contact VARCHAR DEFAULT '' NOT NULL, 
	phone VARCHAR DEFAULT '' NOT NULL, 
	note VARCHAR DEFAULT '' NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "site" VALUES('21f18791f2f846c084f94a0bd7875f5c','丙单位','office','east','','','','','');
INSERT INTO "site" VALUES('85a74a8eb01b482284221fa0f5a0f451','乙单位','office','east','','','','','');
INSERT INTO "site" VALUES('c62bb069280a449797bc2198aea4e25b','甲单位','office','east','','','','','');
CREATE TABLE site_fact (
	site VARCHAR NOT NULL, 
	fact VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (site, fact)
)
 WITHOUT ROWID

;
INSERT INTO "site_fact" VALUES('21f18791f2f846c084f94a0bd7875f5c','canteen','yes');
INSERT INTO "site_fact" VALUES('85a74a8eb01b482284221fa0f5a0f451','canteen','yes');
INSERT INTO "site_fact" VALUES('c62bb069280a449797bc2198aea4e25b','canteen','yes');
CREATE TABLE status_list (
	"key" VARCHAR NOT NULL, 
	as_of VARCHAR NOT NULL, 
	document TEXT NOT NULL, 
	PRIMARY KEY ("key")
)
 WITHOUT ROWID

;
CREATE TABLE template (
	id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	document TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
CREATE TABLE template_choice (
	id VARCHAR NOT NULL, 
	template VARCHAR NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
CREATE TABLE undo_place (
	step INTEGER NOT NULL, 
	entity VARCHAR NOT NULL, 
	PRIMARY KEY (step, entity)
)
 WITHOUT ROWID

;
INSERT INTO "undo_place" VALUES(2,'0edc8a3d0d0547da94113ecfa3354c48');
INSERT INTO "undo_place" VALUES(1,'15449fa43ee148ac964dbd24721110e4');
CREATE TABLE undo_step (
	id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	visit VARCHAR NOT NULL, 
	undone INTEGER NOT NULL, 
	changes TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "undo_step" VALUES(1,'b841f7fc063440c2b41391110434364f','',0,'[{"after":{"entry":"915d62277c988243f8c4718b4c338fa8b41f0f2d180263ad8c1c1cd350a8ad0d","na":null,"note":"","value":"yes"},"before":{"entry":"915d62277c988243f8c4718b4c338fa8b41f0f2d180263ad8c1c1cd350a8ad0d","na":null,"note":"","value":null},"cell":"answer.G1","entity":"15449fa43ee148ac964dbd24721110e4","kind":"answer"},{"after":{"entry":"867c4c54852dd274350c8dbed88575d573543a1d881546c4f8f787d650cc9ff3","na":null,"note":"","value":{"plan":"yes","staff":"yes"}},"before":{"entry":"867c4c54852dd274350c8dbed88575d573543a1d881546c4f8f787d650cc9ff3","na":null,"note":"","value":null},"cell":"answer.A1","entity":"15449fa43ee148ac964dbd24721110e4","kind":"answer"},{"after":{"entry":"f40687cad6e26299ab19a668a3a35709dc66c634332c507fb2a541b77baacd22","na":null,"note":"","value":{"part":"95","whole":"100"}},"before":{"entry":"f40687cad6e26299ab19a668a3a35709dc66c634332c507fb2a541b77baacd22","na":null,"note":"","value":null},"cell":"answer.A2","entity":"15449fa43ee148ac964dbd24721110e4","kind":"answer"},{"after":{"entry":"1cc57bb1e08848f31410b0a535c41820af807590a08006cf4c043c8efe549c3b","na":null,"note":"","value":"yes"},"before":{"entry":"1cc57bb1e08848f31410b0a535c41820af807590a08006cf4c043c8efe549c3b","na":null,"note":"","value":null},"cell":"answer.B1","entity":"15449fa43ee148ac964dbd24721110e4","kind":"answer"}]');
INSERT INTO "undo_step" VALUES(2,'b841f7fc063440c2b41391110434364f','',0,'[{"after":{"entry":"915d62277c988243f8c4718b4c338fa8b41f0f2d180263ad8c1c1cd350a8ad0d","na":null,"note":"已查","value":"yes"},"before":{"entry":"915d62277c988243f8c4718b4c338fa8b41f0f2d180263ad8c1c1cd350a8ad0d","na":null,"note":"","value":null},"cell":"answer.G1","entity":"0edc8a3d0d0547da94113ecfa3354c48","kind":"answer"},{"after":{"entry":"867c4c54852dd274350c8dbed88575d573543a1d881546c4f8f787d650cc9ff3","na":null,"note":"","value":{"plan":"yes","staff":"no"}},"before":{"entry":"867c4c54852dd274350c8dbed88575d573543a1d881546c4f8f787d650cc9ff3","na":null,"note":"","value":null},"cell":"answer.A1","entity":"0edc8a3d0d0547da94113ecfa3354c48","kind":"answer"},{"after":{"entry":"f40687cad6e26299ab19a668a3a35709dc66c634332c507fb2a541b77baacd22","na":"没有桶","note":"","value":null},"before":{"entry":"f40687cad6e26299ab19a668a3a35709dc66c634332c507fb2a541b77baacd22","na":null,"note":"","value":null},"cell":"answer.A2","entity":"0edc8a3d0d0547da94113ecfa3354c48","kind":"answer"}]');
CREATE INDEX act_by_cell ON act (entity, cell);
CREATE INDEX act_that_says_who ON act (kind) WHERE kind IN ('enrolment', 'office_key', 'revocation');
CREATE INDEX act_set_aside ON act (aside) WHERE aside IS NOT NULL;
CREATE INDEX bundle_by_hash ON bundle (hash);
CREATE INDEX undo_step_by_person ON undo_step (person, undone);
CREATE INDEX undo_place_by_entity ON undo_place (entity);
CREATE INDEX awaited_by_act ON awaited (device, seq);
CREATE INDEX site_by_name ON site (name);
CREATE INDEX assessment_by_site ON assessment (site, lamport);
CREATE INDEX assessment_by_batch ON assessment (batch) WHERE batch IS NOT NULL;
CREATE INDEX assessment_by_whole ON assessment (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX answer_by_given ON answer (assessment) WHERE value != 'null' OR na IS NOT NULL;
CREATE INDEX evidence_by_file ON evidence (file);
CREATE INDEX finding_by_assessment ON finding (assessment);
CREATE INDEX signature_by_assessment ON signature (assessment);
CREATE INDEX certificate_by_number ON certificate (number);
CREATE INDEX certificate_by_site ON certificate (site);
CREATE INDEX objection_by_assessment ON objection (assessment);
COMMIT;
