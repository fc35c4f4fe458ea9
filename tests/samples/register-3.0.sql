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
	PRIMARY KEY (device, seq)
)
 WITHOUT ROWID

;
INSERT INTO "act" VALUES(1,1,'person','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','person',1,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','{"name":"王敏"}',NULL,NULL);
INSERT INTO "act" VALUES(1,2,'profile','register','profile',2,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','{"categories":[{"category":"office","leads":[{"zh":"机关事务局"}],"selection":{"zh":"市直机关"}}],"certificate":{"body":{"en":"{site} is a {category} of {city} with {total} points.","zh":"兹认定{site}为{city}{category}，{total}分。"},"number":"SC-{code}-{year}-{serial:03}","remark":{"en":"Valid until {valid_until}","zh":"有效期至{valid_until}"},"title":{"en":"{category} Certificate","zh":"{category}证书"}},"city":{"en":"Shancheng","zh":"山城市"},"districts":[{"key":"east","text":{"en":"East District","zh":"东区"}},{"key":"west","text":{"en":"West District","zh":"西区"}}],"format":"wufei-profile/1","goal":{"by":"2027-12-31","count":"3"},"issuer":{"en":"Shancheng Waste-Free Office","zh":"山城市无废办"},"key":"mountain","official":"no","parameters":{"pass_mark":"15"},"validity_years":"3","version":"1"}',NULL,NULL);
INSERT INTO "act" VALUES(1,3,'edition','e67a09ab479be2c4341742e74c5377e85b0618e0d415482946fec0fdb61bbd51','edition',3,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','{"category":{"code":"JG","key":"office","text":{"en":"Waste-Free Office","zh":"无废机关"}},"edition":"1","effective_from":"2026-01-01","facts":[{"ask":"yes_no","key":"canteen","text":{"en":"Has a canteen","zh":"有食堂"}},{"ask":"number","key":"staff","text":{"en":"Staff","zh":"人数"},"unit":{"zh":"人"}}],"format":"wufei-checklist/1","gates":[{"key":"G1","number":"G1","sources":["own"],"text":{"en":"No offense","zh":"没有违法"},"verify":["document"]}],"groups":[{"items":[{"full":"5","key":"A1","not_applicable":"reason","number":"A1","rule":{"start":"0","sum":[{"key":"plan","text":{"zh":"方案"},"yes_no":{"no":{"points":"0"},"yes":{"points":"2"}}},{"key":"staff","text":{"zh":"人员"},"yes_no":{"no":{"points":"0"},"yes":{"points":"3"}}}]},"scoring":{"en":"A plan 2, staff 3","zh":"有方案 2 分、有人员 3 分"},"sources":["own"],"star":"no","text":{"en":"Leadership","zh":"领导"},"verify":["document"]},{"full":"10","key":"A2","not_applicable":"reason","number":"A2","rule":{"share":{"may_exceed":"no","part":{"zh":"对"},"whole":{"zh":"查"}},"steps":{"each":"1","part_step":"ignore","points":"-1","short_of":"90"}},"scoring":{"en":"1 off for each percent below 90","zh":"90% 以下每低 1 个百分点减 1 分"},"sources":["own"],"star":"no","text":{"en":"Sample","zh":"抽样"},"verify":["site"]}],"key":"A","number":"A","text":{"en":"Organization","zh":"组织"}},{"items":[{"applies":{"fact":"canteen","is":["yes"]},"full":"5","key":"B1","not_applicable":"reason","number":"B1","rule":{"yes_no":{"no":{"points":"0"},"yes":{"points":"5"}}},"scoring":{"en":"Yes 5","zh":"是 5 分"},"sources":["own"],"star":"no","text":{"en":"Food waste apart","zh":"餐厨垃圾单独收运"},"verify":["site"]}],"key":"B","number":"B","text":{"en":"Canteen","zh":"食堂"}}],"key":"SMALL","official":"no","parameters":[{"key":"pass_mark","text":{"zh":"通过线"},"unit":{"zh":"分"},"value":"15"}],"scoring":{"grades":[{"groups_at_least":"50","key":"pass","text":{"en":"Pass","zh":"合格"},"total_at_least":"$pass_mark"},{"key":"good","text":{"en":"Good","zh":"良好"},"total_at_least":"19"}],"not_applicable":"rescale"},"sources":[{"key":"own","title":{"en":"Made for tests","zh":"测试所编"}}],"title":{"en":"Small Checklist","zh":"小型标准"}}',NULL,NULL);
INSERT INTO "act" VALUES(1,4,'edition_source','e67a09ab479be2c4341742e74c5377e85b0618e0d415482946fec0fdb61bbd51','source',4,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','{"category":{"code":"JG","key":"office","text":{"en":"Waste-Free Office","zh":"无废机关"}},"edition":"1","effective_from":"2026-01-01","facts":[{"ask":"yes_no","key":"canteen","text":{"en":"Has a canteen","zh":"有食堂"}},{"ask":"number","key":"staff","text":{"en":"Staff","zh":"人数"},"unit":{"zh":"人"}}],"format":"wufei-checklist/1","gates":[{"key":"G1","number":"G1","sources":["own"],"text":{"en":"No offense","zh":"没有违法"},"verify":["document"]}],"groups":[{"items":[{"full":"5","key":"A1","not_applicable":"reason","number":"A1","rule":{"start":"0","sum":[{"key":"plan","text":{"zh":"方案"},"yes_no":{"no":{"points":"0"},"yes":{"points":"2"}}},{"key":"staff","text":{"zh":"人员"},"yes_no":{"no":{"points":"0"},"yes":{"points":"3"}}}]},"scoring":{"en":"A plan 2, staff 3","zh":"有方案 2 分、有人员 3 分"},"sources":["own"],"star":"no","text":{"en":"Leadership","zh":"领导"},"verify":["document"]},{"full":"10","key":"A2","not_applicable":"reason","number":"A2","rule":{"share":{"may_exceed":"no","part":{"zh":"对"},"whole":{"zh":"查"}},"steps":{"each":"1","part_step":"ignore","points":"-1","short_of":"90"}},"scoring":{"en":"1 off for each percent below 90","zh":"90% 以下每低 1 个百分点减 1 分"},"sources":["own"],"star":"no","text":{"en":"Sample","zh":"抽样"},"verify":["site"]}],"key":"A","number":"A","text":{"en":"Organization","zh":"组织"}},{"items":[{"applies":{"fact":"canteen","is":["yes"]},"full":"5","key":"B1","not_applicable":"reason","number":"B1","rule":{"yes_no":{"no":{"points":"0"},"yes":{"points":"5"}}},"scoring":{"en":"Yes 5","zh":"是 5 分"},"sources":["own"],"star":"no","text":{"en":"Food waste apart","zh":"餐厨垃圾单独收运"},"verify":["site"]}],"key":"B","number":"B","text":{"en":"Canteen","zh":"食堂"}}],"key":"SMALL","official":"no","parameters":[{"key":"pass_mark","text":{"zh":"通过线"},"unit":{"zh":"分"},"value":"16"}],"scoring":{"grades":[{"groups_at_least":"50","key":"pass","text":{"en":"Pass","zh":"合格"},"total_at_least":"$pass_mark"},{"key":"good","text":{"en":"Good","zh":"良好"},"total_at_least":"19"}],"not_applicable":"rescale"},"sources":[{"key":"own","title":{"en":"Made for tests","zh":"测试所编"}}],"title":{"en":"Small Checklist","zh":"小型标准"}}',NULL,NULL);
INSERT INTO "act" VALUES(1,5,'site','31bd74a33a4641018086bb5a89e51f18','name',5,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','"甲单位"',NULL,NULL);
INSERT INTO "act" VALUES(1,6,'site','31bd74a33a4641018086bb5a89e51f18','category',6,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','"office"',NULL,NULL);
INSERT INTO "act" VALUES(1,7,'site','31bd74a33a4641018086bb5a89e51f18','district',7,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','"east"',NULL,NULL);
INSERT INTO "act" VALUES(1,8,'site_fact','31bd74a33a4641018086bb5a89e51f18','fact.canteen',8,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','"yes"',NULL,NULL);
INSERT INTO "act" VALUES(1,9,'assessment','0321e0e3f3dc49e38b866912ada80cb1','header',9,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','{"assessors":["王敏"],"column":"onsite","edition":"e67a09ab479be2c4341742e74c5377e85b0618e0d415482946fec0fdb61bbd51","site":"31bd74a33a4641018086bb5a89e51f18","visited_on":null}',NULL,NULL);
INSERT INTO "act" VALUES(1,10,'answer','0321e0e3f3dc49e38b866912ada80cb1','answer.G1',10,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','{"entry":"915d62277c988243f8c4718b4c338fa8b41f0f2d180263ad8c1c1cd350a8ad0d","na":null,"note":"","value":"yes"}',NULL,NULL);
INSERT INTO "act" VALUES(1,11,'answer','0321e0e3f3dc49e38b866912ada80cb1','answer.A1',11,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','{"entry":"867c4c54852dd274350c8dbed88575d573543a1d881546c4f8f787d650cc9ff3","na":null,"note":"","value":{"plan":"yes","staff":"yes"}}',NULL,NULL);
INSERT INTO "act" VALUES(1,12,'answer','0321e0e3f3dc49e38b866912ada80cb1','answer.A2',12,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','{"entry":"f40687cad6e26299ab19a668a3a35709dc66c634332c507fb2a541b77baacd22","na":null,"note":"","value":{"part":"95","whole":"100"}}',NULL,NULL);
INSERT INTO "act" VALUES(1,13,'answer','0321e0e3f3dc49e38b866912ada80cb1','answer.B1',13,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','{"entry":"1cc57bb1e08848f31410b0a535c41820af807590a08006cf4c043c8efe549c3b","na":null,"note":"","value":"yes"}',NULL,NULL);
INSERT INTO "act" VALUES(1,14,'assessment_state','0321e0e3f3dc49e38b866912ada80cb1','state',14,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','{"basis":"fb96ffd5cfc7fa45263730186d65c17cf7024b20a90b1241218f990e2f4d3646","facts":{"canteen":"yes"},"level":"good","passed":true,"stage":"finished","total":"20"}',NULL,NULL);
INSERT INTO "act" VALUES(1,15,'assessment_state','0321e0e3f3dc49e38b866912ada80cb1','state',15,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','{"basis":"fb96ffd5cfc7fa45263730186d65c17cf7024b20a90b1241218f990e2f4d3646","decided_at":"2026-11-02T01:00:00+00:00","decided_by":"40bf0ef6ff1141ee8c9bdeaf3bd0c6ab","facts":{"canteen":"yes"},"level":"good","passed":true,"remarks":"","stage":"approved","total":"20"}',1,14);
INSERT INTO "act" VALUES(1,16,'certificate','88dd96d723e04018a01e7f3fcfe7bab0','record',16,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','{"assessment":"0321e0e3f3dc49e38b866912ada80cb1","basis":"fb96ffd5cfc7fa45263730186d65c17cf7024b20a90b1241218f990e2f4d3646","category":"office","category_text":{"en":"Waste-Free Office","zh":"无废机关"},"checklist":{"en":"Small Checklist","zh":"小型标准"},"city":{"en":"Shancheng","zh":"山城市"},"district":"east","document_number":"山无废办〔2026〕1号","edition":"1","example":false,"issued_on":"2026-11-02","issuer":{"en":"Shancheng Waste-Free Office","zh":"山城市无废办"},"level":{"en":"Good","zh":"良好"},"number":"SC-JG-2026-001","official":false,"site":"31bd74a33a4641018086bb5a89e51f18","site_name":"甲单位","total":"20","valid_until":"2029-11-02","wording":{"en":{"body":"甲单位 is a Waste-Free Office of Shancheng with 20 points.","remark":"Valid until November 2, 2029","title":"Waste-Free Office Certificate"},"zh":{"body":"兹认定甲单位为山城市无废机关，20分。","remark":"有效期至2029年11月2日","title":"无废机关证书"}}}',NULL,NULL);
INSERT INTO "act" VALUES(1,17,'assessment_state','0321e0e3f3dc49e38b866912ada80cb1','state',17,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','{"basis":"fb96ffd5cfc7fa45263730186d65c17cf7024b20a90b1241218f990e2f4d3646","decided_at":"2026-11-02T01:00:00+00:00","decided_by":"40bf0ef6ff1141ee8c9bdeaf3bd0c6ab","facts":{"canteen":"yes"},"level":"good","passed":true,"remarks":"","stage":"certified","total":"20"}',1,15);
INSERT INTO "act" VALUES(1,18,'site','1cb1321a42b54dcc9d239db9521fe658','name',18,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','"乙单位"',NULL,NULL);
INSERT INTO "act" VALUES(1,19,'site','1cb1321a42b54dcc9d239db9521fe658','category',19,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','"office"',NULL,NULL);
INSERT INTO "act" VALUES(1,20,'site','1cb1321a42b54dcc9d239db9521fe658','district',20,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','"west"',NULL,NULL);
INSERT INTO "act" VALUES(1,21,'site_fact','1cb1321a42b54dcc9d239db9521fe658','fact.canteen',21,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','"yes"',NULL,NULL);
INSERT INTO "act" VALUES(1,22,'assessment','ae74a54e6de74f669c432397f8ad8817','header',22,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','{"assessors":["王敏"],"column":"onsite","edition":"e67a09ab479be2c4341742e74c5377e85b0618e0d415482946fec0fdb61bbd51","site":"1cb1321a42b54dcc9d239db9521fe658","visited_on":null}',NULL,NULL);
INSERT INTO "act" VALUES(1,23,'answer','ae74a54e6de74f669c432397f8ad8817','answer.G1',23,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','{"entry":"915d62277c988243f8c4718b4c338fa8b41f0f2d180263ad8c1c1cd350a8ad0d","na":null,"note":"已查","value":"yes"}',NULL,NULL);
INSERT INTO "act" VALUES(1,24,'answer','ae74a54e6de74f669c432397f8ad8817','answer.A1',24,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','{"entry":"867c4c54852dd274350c8dbed88575d573543a1d881546c4f8f787d650cc9ff3","na":null,"note":"","value":{"plan":"yes","staff":"no"}}',NULL,NULL);
INSERT INTO "act" VALUES(1,25,'answer','ae74a54e6de74f669c432397f8ad8817','answer.A2',25,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','{"entry":"f40687cad6e26299ab19a668a3a35709dc66c634332c507fb2a541b77baacd22","na":"没有桶","note":"","value":null}',NULL,NULL);
INSERT INTO "act" VALUES(1,26,'site','a8eac44591ad479fbabbae74e475ea02','name',26,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','"丙单位"',NULL,NULL);
INSERT INTO "act" VALUES(1,27,'site','a8eac44591ad479fbabbae74e475ea02','category',27,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','"office"',NULL,NULL);
INSERT INTO "act" VALUES(1,28,'site','a8eac44591ad479fbabbae74e475ea02','district',28,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','"east"',NULL,NULL);
INSERT INTO "act" VALUES(1,29,'site_fact','a8eac44591ad479fbabbae74e475ea02','fact.canteen',29,'2026-11-02T01:00:00+00:00','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','"yes"',NULL,NULL);
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
INSERT INTO "answer" VALUES('0321e0e3f3dc49e38b866912ada80cb1','A1','{"plan":"yes","staff":"yes"}',NULL,'',NULL,'867c4c54852dd274350c8dbed88575d573543a1d881546c4f8f787d650cc9ff3','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','2026-11-02T01:00:00+00:00',11);
INSERT INTO "answer" VALUES('0321e0e3f3dc49e38b866912ada80cb1','A2','{"part":"95","whole":"100"}',NULL,'',NULL,'f40687cad6e26299ab19a668a3a35709dc66c634332c507fb2a541b77baacd22','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','2026-11-02T01:00:00+00:00',12);
INSERT INTO "answer" VALUES('0321e0e3f3dc49e38b866912ada80cb1','B1','"yes"',NULL,'',NULL,'1cc57bb1e08848f31410b0a535c41820af807590a08006cf4c043c8efe549c3b','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','2026-11-02T01:00:00+00:00',13);
INSERT INTO "answer" VALUES('0321e0e3f3dc49e38b866912ada80cb1','G1','"yes"',NULL,'',NULL,'915d62277c988243f8c4718b4c338fa8b41f0f2d180263ad8c1c1cd350a8ad0d','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','2026-11-02T01:00:00+00:00',10);
INSERT INTO "answer" VALUES('ae74a54e6de74f669c432397f8ad8817','A1','{"plan":"yes","staff":"no"}',NULL,'',NULL,'867c4c54852dd274350c8dbed88575d573543a1d881546c4f8f787d650cc9ff3','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','2026-11-02T01:00:00+00:00',24);
INSERT INTO "answer" VALUES('ae74a54e6de74f669c432397f8ad8817','A2','null','没有桶','',NULL,'f40687cad6e26299ab19a668a3a35709dc66c634332c507fb2a541b77baacd22','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','2026-11-02T01:00:00+00:00',25);
INSERT INTO "answer" VALUES('ae74a54e6de74f669c432397f8ad8817','G1','"yes"',NULL,'已查',NULL,'915d62277c988243f8c4718b4c338fa8b41f0f2d180263ad8c1c1cd350a8ad0d','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','2026-11-02T01:00:00+00:00',23);
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
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "assessment" VALUES('0321e0e3f3dc49e38b866912ada80cb1','31bd74a33a4641018086bb5a89e51f18','e67a09ab479be2c4341742e74c5377e85b0618e0d415482946fec0fdb61bbd51','onsite',NULL,'["王敏"]',NULL,'2026-11-02T01:00:00+00:00',9,'[]','certified','{"canteen":"yes"}','20','good',1,'fb96ffd5cfc7fa45263730186d65c17cf7024b20a90b1241218f990e2f4d3646','40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','2026-11-02T01:00:00+00:00','');
INSERT INTO "assessment" VALUES('ae74a54e6de74f669c432397f8ad8817','1cb1321a42b54dcc9d239db9521fe658','e67a09ab479be2c4341742e74c5377e85b0618e0d415482946fec0fdb61bbd51','onsite',NULL,'["王敏"]',NULL,'2026-11-02T01:00:00+00:00',22,'[]','scoring',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'');
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
INSERT INTO "certificate" VALUES('88dd96d723e04018a01e7f3fcfe7bab0','SC-JG-2026-001','31bd74a33a4641018086bb5a89e51f18','0321e0e3f3dc49e38b866912ada80cb1','office','east','2026-11-02','2029-11-02',16,'{"assessment":"0321e0e3f3dc49e38b866912ada80cb1","basis":"fb96ffd5cfc7fa45263730186d65c17cf7024b20a90b1241218f990e2f4d3646","category":"office","category_text":{"en":"Waste-Free Office","zh":"无废机关"},"checklist":{"en":"Small Checklist","zh":"小型标准"},"city":{"en":"Shancheng","zh":"山城市"},"district":"east","document_number":"山无废办〔2026〕1号","edition":"1","example":false,"issued_on":"2026-11-02","issuer":{"en":"Shancheng Waste-Free Office","zh":"山城市无废办"},"level":{"en":"Good","zh":"良好"},"number":"SC-JG-2026-001","official":false,"site":"31bd74a33a4641018086bb5a89e51f18","site_name":"甲单位","total":"20","valid_until":"2029-11-02","wording":{"en":{"body":"甲单位 is a Waste-Free Office of Shancheng with 20 points.","remark":"Valid until November 2, 2029","title":"Waste-Free Office Certificate"},"zh":{"body":"兹认定甲单位为山城市无废机关，20分。","remark":"有效期至2029年11月2日","title":"无废机关证书"}}}');
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
INSERT INTO "device" VALUES(1,'a45f0ca936ad4a46a326b641fa05a6e1','desk');
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
CREATE TABLE evidence (
	assessment VARCHAR NOT NULL, 
	item VARCHAR NOT NULL, 
	file VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	caption TEXT NOT NULL, 
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
INSERT INTO "head" VALUES('0321e0e3f3dc49e38b866912ada80cb1','answer.A1',1,11);
INSERT INTO "head" VALUES('0321e0e3f3dc49e38b866912ada80cb1','answer.A2',1,12);
INSERT INTO "head" VALUES('0321e0e3f3dc49e38b866912ada80cb1','answer.B1',1,13);
INSERT INTO "head" VALUES('0321e0e3f3dc49e38b866912ada80cb1','answer.G1',1,10);
INSERT INTO "head" VALUES('0321e0e3f3dc49e38b866912ada80cb1','header',1,9);
INSERT INTO "head" VALUES('0321e0e3f3dc49e38b866912ada80cb1','state',1,17);
INSERT INTO "head" VALUES('1cb1321a42b54dcc9d239db9521fe658','category',1,19);
INSERT INTO "head" VALUES('1cb1321a42b54dcc9d239db9521fe658','district',1,20);
INSERT INTO "head" VALUES('1cb1321a42b54dcc9d239db9521fe658','fact.canteen',1,21);
INSERT INTO "head" VALUES('1cb1321a42b54dcc9d239db9521fe658','name',1,18);
INSERT INTO "head" VALUES('31bd74a33a4641018086bb5a89e51f18','category',1,6);
INSERT INTO "head" VALUES('31bd74a33a4641018086bb5a89e51f18','district',1,7);
INSERT INTO "head" VALUES('31bd74a33a4641018086bb5a89e51f18','fact.canteen',1,8);
INSERT INTO "head" VALUES('31bd74a33a4641018086bb5a89e51f18','name',1,5);
INSERT INTO "head" VALUES('40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','person',1,1);
INSERT INTO "head" VALUES('88dd96d723e04018a01e7f3fcfe7bab0','record',1,16);
INSERT INTO "head" VALUES('a8eac44591ad479fbabbae74e475ea02','category',1,27);
INSERT INTO "head" VALUES('a8eac44591ad479fbabbae74e475ea02','district',1,28);
INSERT INTO "head" VALUES('a8eac44591ad479fbabbae74e475ea02','fact.canteen',1,29);
INSERT INTO "head" VALUES('a8eac44591ad479fbabbae74e475ea02','name',1,26);
INSERT INTO "head" VALUES('ae74a54e6de74f669c432397f8ad8817','answer.A1',1,24);
INSERT INTO "head" VALUES('ae74a54e6de74f669c432397f8ad8817','answer.A2',1,25);
INSERT INTO "head" VALUES('ae74a54e6de74f669c432397f8ad8817','answer.G1',1,23);
INSERT INTO "head" VALUES('ae74a54e6de74f669c432397f8ad8817','header',1,22);
INSERT INTO "head" VALUES('e67a09ab479be2c4341742e74c5377e85b0618e0d415482946fec0fdb61bbd51','edition',1,3);
INSERT INTO "head" VALUES('e67a09ab479be2c4341742e74c5377e85b0618e0d415482946fec0fdb61bbd51','source',1,4);
INSERT INTO "head" VALUES('register','profile',1,2);
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
INSERT INTO "meta" VALUES('profile','8227dd8576d2f6b8b3dd565b5dd576ee9433d06643bfe3954389fbb43026db8d');
INSERT INTO "meta" VALUES('schema','3.0');
CREATE TABLE person (
	id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "person" VALUES('40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','王敏');
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
INSERT INTO "site" VALUES('1cb1321a42b54dcc9d239db9521fe658','乙单位','office','west','','','','','');
INSERT INTO "site" VALUES('31bd74a33a4641018086bb5a89e51f18','甲单位','office','east','','','','','');
INSERT INTO "site" VALUES('a8eac44591ad479fbabbae74e475ea02','丙单位','office','east','','','','','');
CREATE TABLE site_fact (
	site VARCHAR NOT NULL, 
	fact VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (site, fact)
)
 WITHOUT ROWID

;
INSERT INTO "site_fact" VALUES('1cb1321a42b54dcc9d239db9521fe658','canteen','yes');
INSERT INTO "site_fact" VALUES('31bd74a33a4641018086bb5a89e51f18','canteen','yes');
INSERT INTO "site_fact" VALUES('a8eac44591ad479fbabbae74e475ea02','canteen','yes');
CREATE TABLE undo_place (
	step INTEGER NOT NULL, 
	entity VARCHAR NOT NULL, 
	PRIMARY KEY (step, entity)
)
 WITHOUT ROWID

;
INSERT INTO "undo_place" VALUES(1,'0321e0e3f3dc49e38b866912ada80cb1');
INSERT INTO "undo_place" VALUES(2,'ae74a54e6de74f669c432397f8ad8817');
INSERT INTO "undo_place" VALUES(3,'ae74a54e6de74f669c432397f8ad8817');
INSERT INTO "undo_place" VALUES(4,'ae74a54e6de74f669c432397f8ad8817');
CREATE TABLE undo_step (
	id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	visit VARCHAR NOT NULL, 
	undone INTEGER NOT NULL, 
	changes TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "undo_step" VALUES(1,'40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','',0,'[{"after":{"entry":"915d62277c988243f8c4718b4c338fa8b41f0f2d180263ad8c1c1cd350a8ad0d","na":null,"note":"","value":"yes"},"before":{"entry":"915d62277c988243f8c4718b4c338fa8b41f0f2d180263ad8c1c1cd350a8ad0d","na":null,"note":"","value":null},"cell":"answer.G1","entity":"0321e0e3f3dc49e38b866912ada80cb1","kind":"answer"},{"after":{"entry":"867c4c54852dd274350c8dbed88575d573543a1d881546c4f8f787d650cc9ff3","na":null,"note":"","value":{"plan":"yes","staff":"yes"}},"before":{"entry":"867c4c54852dd274350c8dbed88575d573543a1d881546c4f8f787d650cc9ff3","na":null,"note":"","value":null},"cell":"answer.A1","entity":"0321e0e3f3dc49e38b866912ada80cb1","kind":"answer"},{"after":{"entry":"f40687cad6e26299ab19a668a3a35709dc66c634332c507fb2a541b77baacd22","na":null,"note":"","value":{"part":"95","whole":"100"}},"before":{"entry":"f40687cad6e26299ab19a668a3a35709dc66c634332c507fb2a541b77baacd22","na":null,"note":"","value":null},"cell":"answer.A2","entity":"0321e0e3f3dc49e38b866912ada80cb1","kind":"answer"},{"after":{"entry":"1cc57bb1e08848f31410b0a535c41820af807590a08006cf4c043c8efe549c3b","na":null,"note":"","value":"yes"},"before":{"entry":"1cc57bb1e08848f31410b0a535c41820af807590a08006cf4c043c8efe549c3b","na":null,"note":"","value":null},"cell":"answer.B1","entity":"0321e0e3f3dc49e38b866912ada80cb1","kind":"answer"}]');
INSERT INTO "undo_step" VALUES(2,'40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','',0,'[{"after":{"entry":"915d62277c988243f8c4718b4c338fa8b41f0f2d180263ad8c1c1cd350a8ad0d","na":null,"note":"已查","value":"yes"},"before":{"entry":"915d62277c988243f8c4718b4c338fa8b41f0f2d180263ad8c1c1cd350a8ad0d","na":null,"note":"","value":null},"cell":"answer.G1","entity":"ae74a54e6de74f669c432397f8ad8817","kind":"answer"}]');
INSERT INTO "undo_step" VALUES(3,'40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','',0,'[{"after":{"entry":"867c4c54852dd274350c8dbed88575d573543a1d881546c4f8f787d650cc9ff3","na":null,"note":"","value":{"plan":"yes","staff":"no"}},"before":{"entry":"867c4c54852dd274350c8dbed88575d573543a1d881546c4f8f787d650cc9ff3","na":null,"note":"","value":null},"cell":"answer.A1","entity":"ae74a54e6de74f669c432397f8ad8817","kind":"answer"}]');
INSERT INTO "undo_step" VALUES(4,'40bf0ef6ff1141ee8c9bdeaf3bd0c6ab','',0,'[{"after":{"entry":"f40687cad6e26299ab19a668a3a35709dc66c634332c507fb2a541b77baacd22","na":"没有桶","note":"","value":null},"before":{"entry":"f40687cad6e26299ab19a668a3a35709dc66c634332c507fb2a541b77baacd22","na":null,"note":"","value":null},"cell":"answer.A2","entity":"ae74a54e6de74f669c432397f8ad8817","kind":"answer"}]');
CREATE INDEX act_by_cell ON act (entity, cell);
CREATE INDEX undo_step_by_person ON undo_step (person, undone);
CREATE INDEX undo_place_by_entity ON undo_place (entity);
CREATE INDEX site_by_name ON site (name);
CREATE INDEX assessment_by_whole ON assessment (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX assessment_by_site ON assessment (site, lamport);
CREATE INDEX answer_by_given ON answer (assessment) WHERE value != 'null' OR na IS NOT NULL;
CREATE INDEX evidence_by_file ON evidence (file);
CREATE INDEX finding_by_assessment ON finding (assessment);
CREATE INDEX signature_by_assessment ON signature (assessment);
CREATE INDEX certificate_by_site ON certificate (site);
CREATE INDEX certificate_by_number ON certificate (number);
COMMIT;
