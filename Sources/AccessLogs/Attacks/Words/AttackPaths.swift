extension AttackNeedles {
    /// What is asked for by those who look for what was forgotten, and consoles of administrators.
    static let pathGroups: [Group] = [
        // Settings, keys and repositories.
        (
            .probePath, [], .path,
            """
            /.env /.git/ /.git-credentials /.gitconfig /.gitignore /.svn/ /.hg/ /.bzr/ /.cvs /cvs/root /.aws/ /.ssh/ /.ds_store /.htpasswd
            /.htaccess
            /.vscode/ /.idea/ /.npmrc /.dockercfg /.docker/ /.dockerenv /.bash_history /.bashrc /.profile /.mysql_history /.pgpass /.s3cfg /.netrc
            /.kube/ /.config/ /.travis.yml /.circleci /.github/ /.gitlab-ci /.ftpconfig /sftp-config.json /.remote-sync /wp-config. /web.config
            /web-inf/ /meta-inf/ /appsettings. /application.yml /application.properties /application-prod /application-dev /bootstrap.yml
            /docker-compose /dockerfile /config.yml /config.yaml /config.inc /configuration.php /config/database /database.yml /settings.py
            /local_settings /parameters.yml /secrets.yml /credentials.json /id_rsa /id_dsa /server.key /private.key /privatekey /server-status
            /server-info /phpinfo /_phpinfo /composer.json /composer.lock /package-lock.json /yarn.lock /gruntfile /gulpfile /webpack.config
            /rails/info /elmah.axd /trace.axd /_profiler/ /_ignition/ /_debugbar /telescope/requests /debug/default/view /debug/pprof /debug/vars
            /__debug__ /error_log /errors.log /debug.log /laravel.log /storage/logs/ /access.log /dump.rdb
            """
        ),
        // Java and the tools around it.
        (
            .probePath, [], .path,
            """
            /heapdump /threaddump /actuator/env /actuator/beans /actuator/mappings /actuator/configprops /actuator/trace /actuator/httptrace
            /actuator/logfile /actuator/loggers /actuator/dump /actuator/gateway /actuator/shutdown /actuator/jolokia /actuator/restart
            /actuator/refresh /actuator/caches /actuator/conditions /actuator/scheduledtasks /actuator/sessions /jolokia /jmx-console/ /web-console/
            /jbossmq-httpil /invoker/jmx /invoker/readonly /invoker/ejb /druid/index /druid/websession /druid/login /druid/sql /druid/weburi
            /druid/datasource /swagger /v2/api-docs /v3/api-docs /api-docs /doc.html /nacos/ /v1/auth/users /v1/cs/configs /solr/ /hystrix
            /gateway/routes /env.json /wls-wsat/ /_async/asyncresponse /uddiexplorer /console/login/loginform /bea_wls /ws_utc/ /struts2-showcase
            /axis2/ /axis2-admin /seeyon/htmlofficeservlet /seeyon/thirdpartycontroller /bsh.servlet /servlet/~ic /ncfindweb
            /mobile/plugin/syncuserinfo /webtools/control /xxl-job-admin /jmreport/ /minio/bootstrap /apisix/admin /kylin/api /_plugin/head
            /_users /_utils/ /scripttext /asynchpeople /jenkins/script /securityrealm/ /api/v1/namespaces
            /api/v1/pods /api/v1/secrets /containers/json /v2/_catalog /v2/keys
            """
        ),
        // Content management, mail, routers: the stock of the botnets.
        (
            .probePath, [], .path,
            """
            /wp-login.php /wp-admin/install /wp-admin/setup /wp-json/wp/v2/users /wlwmanifest.xml /xmlrpc.php /administrator/index /vendor/phpunit
            /phpunit/ /eval-stdin.php /cgi-bin/luci /cgi-bin/php /cgi-bin/. /cgi-bin/test /cgi-bin/authlogin /cgi-bin/nas_sharing /cgi-bin/status
            /cgi-bin/jarrewrite /cgi-bin/mainfunction /cgi-bin/downloadcfg /cgi-bin/viewlog /cgi-bin/hotspot /cgi-bin/supervisor /cgi-bin/bash
            /cgi-bin/printenv /cgi-bin/env /boaform /hnap1 /gponform /setup.cgi /goform/ /sdk/websdk /onvif /manager/text /evox/about
            /nmaplowercheck
            /autodiscover/autodiscover.json /remote/fgt_lang /dana-na/ /vpns/ /+cscoe+ /+cscot+ /global-protect/ /sslmgr /webfig/ /mifs/
            /saas/resttosaml /api/jsonws /tmui/ /mgmt/tm/ /mgmt/shared /currentsetting.htm /_vti_bin /_vti_pvt /sitecore/ /umbraco /typo3 /magmi/
            /downloader/index.php /phpmyadmin /pma/ /myadmin/ /mysqladmin /dbadmin /sqladmin /adminer /sqlmanager /sqlweb /websql /phppgadmin
            /pgadmin /phpmy-admin /php-my-admin /mongo-express /horde/ /roundcube /squirrelmail /teorema505 /ab2g /ab2h /alive.php /api/sonicos
            /nice␠ports /stalker_portal /ztp/cgi /device.rsp /shell?cd
            """
        ),
        (
            .probePath, [], [.path, .pathStart, .pathEnd],
            """
            /_cat/indices /_cat/ /_search /_nodes /info.php /i.php /php.php /pinfo.php /test.php /p.php /config.php /sdk /version
            /portal/redlion /console/ /images/json /_all_dbs
            """
        ),
        // Copies of whole sites and databases.
        (
            .probePath, [], .pathEnd,
            """
            .sql .sql.gz .sql.zip .bak .bak2 .old .orig .save .swp .swo .php~ .jsp~ .inc~ .php.txt .dump .mdb .sqlite .sqlite3 .db3 .ldf .mdf .pem
            .pfx .p12 .jks .keystore .kdbx .ovpn .rdb .aof .tar.bz2 .hprof
            """
        ),
        (.probePath, [], [.pathEnd, .pathStart], archives),
        // Consoles.
        (
            .adminInterface, [], [.path, .segment],
            """
            /admin /administrator /manager/html /manager/status /host-manager /actuator /druid /nacos /console /phpmyadmin /pma /adminer /jenkins
            /solr /wp-admin /wp-login /webadmin /adminlogin /admin_login /admin-login /admin1 /adminpanel /cpanel /admincp /admin_area /controlpanel
            /superadmin /sysadmin /siteadmin /houtai /guanli /web-console /jmx-console /admin-console /kibana /grafana /rabbitmq /zabbix /portainer
            /rancher /xxl-job-admin /airflow /superset /metabase /ambari /cloudera /nifi /ui/vault /kubernetes-dashboard /phppgadmin /pgadmin
            /pgadmin4 /mongo-express /redis-commander /weblogic /_utils /_plugin /seata /sonarqube /jolokia /h2-console /springboot-admin
            """
        ),
    ]

    /// Parts of the above that visitors and monitors ask for in the ordinary way.
    static let ordinaryPaths: [StaticString] = [
        "/wp-admin/admin-ajax.php", "/wp-admin/css/", "/wp-admin/js/", "/actuator/health", "/actuator/info", "/actuator/prometheus",
    ]

    /// `/backup.zip`, `/wwwroot.rar`: names that copies of sites have, with the endings of archives. At the top of a site only.
    private static let archives: String = {
        let names = """
            backup backups back bak www wwwroot web website site html public public_html htdocs root webroot data db database dump sql mysql 1 2 123
            111 old new test code source src release dist app api admin upload config conf beifen shujuku wangzhan
            """
        let endings = "zip rar tar.gz tgz 7z tar gz war jar"
        return names.split(whereSeparator: \.isWhitespace).flatMap { name in endings.split(separator: " ").map { "/\(name).\($0)" } }.joined(
            separator: " ")
    }()

    /// Tools by what they call themselves.
    static let toolGroups: [Group] = [
        (
            .scannerTool, [], .wordStart,
            """
            sqlmap nikto nuclei masscan zgrab dirsearch gobuster dirbuster wpscan acunetix nessus openvas awvs goby fscan ffuf feroxbuster wfuzz
            whatweb w3af arachni skipfish havij pocsuite jaeles commix
            netsparker appscan webinspect qualys burpsuite burp␠suite zaproxy owasp␠zap nmap␠scripting zmap censysinspect expanse shodan
            l9explore l9tcpid leakix internetmeasurement internet-measurement
            project-discovery projectdiscovery httpx␠- interactsh morfeus zmeu jorgee muieblackcat paros xsser joomscan cmsmap droopescan vega/
            grendel bbqsql sqlninja jbrofuzz
            w00tw00t fuzz␠faster dirb/ dirhunt webshag websecurify golismero detectify probely nuclei-engine odin.io palo␠alto␠networks
            visionheight naabu katana subfinder
            thcnet-hydra hello,␠world hello,world gh0st mozi.m mirai kinsing cobalt␠strike metasploit tplmap xspear crlfuzz arjun kxss dalfox
            patator medusa/ crackmapexec sn1per rustscan
            """
        ),
        (.scannerTool, [], [.wordStart, .wordEnd], "hydra xray yakit afrog vulmap railgun searchmap jexboss struts-scan weblogicscanner shiroscan"),
        (.webShell, [], [], "antsword behinder weevely godzilla"),
        (.commandInjection, [], [], "()␠{ (){ /bin/bash /bin/sh wget␠http curl␠http"),
        (.deserialisation, [], [], "jndi: ${jndi"),
        (.crossSiteScripting, [], [], "<script document.cookie"),
        (.sqlInjection, [], [], "information_schema. waitfor␠delay pg_sleep( extractvalue( updatexml( benchmark("),
        (.webShell, [], [], "<?php eval($_ system($_"),
        ([], .lookup, [], "${"),
    ]
}
