/// Texts that give an attack away by themselves, with where they must stand.
struct AttackNeedle: Sendable {
    struct Rule: OptionSet, Sendable {
        let rawValue: UInt8
        /// No letter, digit or `_` before it.
        static let wordStart = Rule(rawValue: 1 << 0)
        static let wordEnd = Rule(rawValue: 1 << 1)
        /// Ends within the path.
        static let path = Rule(rawValue: 1 << 2)
        /// Within the parameters.
        static let query = Rule(rawValue: 1 << 3)
        /// A path's segment ends with it, or a file's ending follows.
        static let segment = Rule(rawValue: 1 << 4)
        /// The path ends with it.
        static let pathEnd = Rule(rawValue: 1 << 5)
        /// The path begins with it.
        static let pathStart = Rule(rawValue: 1 << 6)
    }

    var text: [UInt8]
    var signs: AttackSigns
    var feature: AttackFeatures
    var rule: Rule

    /// - Parameters:
    ///   - pathEnd: where the path ends within `text`.
    ///   - end: where the needle ends.
    @inline(__always)
    func holds(in text: UnsafeRawBufferPointer, pathEnd: Int, end: Int) -> Bool {
        if rule.isEmpty { return true }
        let start = end - self.text.count
        let next = text.byte(end)
        if rule.contains(.wordStart), ASCII.isWord(text.byte(start - 1)) { return false }
        if rule.contains(.wordEnd), ASCII.isWord(next) { return false }
        if rule.contains(.path), end > pathEnd { return false }
        if rule.contains(.query), start < pathEnd { return false }
        if rule.contains(.segment), end < pathEnd, !("/.;,?" as StaticString).has(next) { return false }
        if rule.contains(.pathEnd), end != pathEnd { return false }
        if rule.contains(.pathStart), start != 0 { return false }
        return true
    }
}

/// What else a needle says of a request; checks ask for it.
struct AttackFeatures: OptionSet, Sendable {
    let rawValue: UInt8
    /// The name of a file that an attacker wants to read.
    static let sensitiveFile = AttackFeatures(rawValue: 1 << 0)
    /// `${`, `jndi`, and the like: worth a look at expressions.
    static let lookup = AttackFeatures(rawValue: 1 << 1)
    /// The name of a script that is known as a web shell.
    static let shellName = AttackFeatures(rawValue: 1 << 2)
    /// A folder that takes what visitors upload.
    static let uploads = AttackFeatures(rawValue: 1 << 3)
    /// A name that shells often have, and honest scripts at times.
    static let weakShellName = AttackFeatures(rawValue: 1 << 4)
    /// A folder of pictures or styles: scripts don't belong there.
    static let assets = AttackFeatures(rawValue: 1 << 5)
}

enum AttackNeedles {
    /// In the decoded target.
    static let target: [AttackNeedle] = list(targetGroups)
    /// In the user agent.
    static let userAgent: [AttackNeedle] = list(AttackNeedles.toolGroups)

    typealias Group = (AttackSigns, AttackFeatures, AttackNeedle.Rule, String)

    static func list(_ groups: [Group]) -> [AttackNeedle] {
        groups.flatMap { signs, feature, rule, texts in
            // `␠` stands for a blank within a needle.
            texts.split(whereSeparator: \.isWhitespace).map { text in
                AttackNeedle(text: Array(String(text).replacing("␠", with: " ").utf8), signs: signs, feature: feature, rule: rule)
            }
        }
    }

    private static let targetGroups: [Group] = sqlGroups + codeGroups + scriptGroups + fileGroups + shellGroups + pathGroups + toolTraces

    private static let sqlGroups: [Group] = [
        (
            .sqlInjection, [], [],
            """
            information_schema. information_schema` xp_cmdshell xp_dirtree xp_regread sp_executesql sp_oacreate dbms_pipe.receive_message
            dbms_lock.sleep dbms_xmlgen utl_inaddr.get_host utl_http.request ctxsys.drithsx extractvalue( updatexml( load_file( pg_catalog.
            sqlite_master sys.databases sys.tables mysql.user @@version @@datadir @@hostname @@basedir group_concat( unhex(hex( concat(0x
            concat_ws(0x
            exp(~( gtid_subset( geometrycollection(( floor(rand( ascii(substr ascii(mid( ord(mid( length(database database()
            if(now()=sysdate sysdate() pg_ls_dir( pg_read_file( lo_import( query_to_xml( xmltype( randomblob( json_keys((select "$where" "$gt":""
            "$ne":null "$ne":""
            char(67)|| chr(67)|| procedure␠analyse openrowset(
            """
        ),
        (.sqlInjection, [], .wordStart, "pg_sleep( sysobjects syscolumns waitfor␠delay into␠outfile into␠dumpfile benchmark("),
    ]

    private static let codeGroups: [Group] = [
        (
            .commandInjection, [], [],
            """
            /bin/sh /bin/bash /bin/cat /bin/id /usr/bin/id /bin/ls /bin/uname /bin/ping cmd.exe powershell.exe /dev/tcp/ ${ifs} $ifs$9 {cat,/ {echo,
            shell_exec( passthru( proc_open( call_user_func_array invokefunction runtime.getruntime getruntime().exec processbuilder os.system(
            os.popen( subprocess. child_process <?php <?= eval($_ eval(base64 assert($_ base64_decode( file_put_contents( print(md5( die(md5(
            echo(md5(
            var_dump(md5( phpinfo() phpcredits() /etc/init.d ()␠{ (){ xmlrpc.call certutil␠- bitsadmin /tmp/.x
            cd␠/tmp chmod␠777 chmod␠+x chmod␠0777 rm␠-rf nc␠-e bash␠-i bash␠-c sh␠-c sh␠-i |base64 ${@print( @print(md5
            {${phpinfo {${system {${passthru
            """
        ),
        (
            .commandInjection, [], .wordStart,
            "system('  system(\" exec(' exec(\" popen('  system($_ exec($_ ifs=, wget␠http curl␠http wget${ifs curl${ifs"
        ),
        (
            .deserialisation, [], [],
            """
            jndi:ldap jndi:rmi jndi:dns ldap://127 #_memberaccess _memberaccess #context[ @java.lang @java.io #req= ognlcontext xwork2.dispatcher
            multipartrequestwrapper class.module.classloader class.classloader java.lang.runtime java.lang.processbuilder javax.script.scriptengine
            org.apache.commons.collections com.sun.rowset jdbcrowsetimpl templatesimpl org.springframework.context.support
            routing-expression !!python/object !!javax. !!java. ysoserial t(java.lang new␠java.lang. redirect:${ redirectaction:${ action:${
            redirect:%{
            bsh.script= methodaccessor.denymethodexecution getclassloader( .getclass().forname #application. xmldecoder
            system.diagnostics.process objectdataprovider java.net.url invokermap
            """
        ),
        (
            .templateInjection, [], [],
            """
            __class__ __mro__ __subclasses__ __globals__ __builtins__ __import__( freemarker.template.utility self._templatereference
            lipsum. _self.env #set($ registerundefinedfiltercallback smarty.version {php}
            """
        ),
        ([], .lookup, [], "${ %{ #{ *{ {{ {% <% ~{ @{ @("),
    ]

    private static let scriptGroups: [Group] = [
        (
            .crossSiteScripting, [], [],
            """
            <script </script document.cookie document.domain document.location= document.write( string.fromcharcode( fromcharcode( vbscript: alert(1
            alert(' alert(" alert(document alert(window alert(/ alert` alert(xss alert(string prompt(1 prompt(' prompt(" prompt(document prompt`
            prompt(/ confirm(1 confirm(' confirm(" confirm(document confirm` confirm(/ data:text/html srcdoc= ␠adw-script <xss window.location=
            onerror=alert onload=alert top[' self[' window['al eval(atob eval(string eval(name xmlhttprequest( (alert)( print()> <!--#exec
            expression(alert
            """
        )
    ]

    private static let fileGroups: [Group] = [
        (
            .fileInclusion, [], .query,
            """
            php://filter php://input php://fd php://stdin php://temp expect:// phar:// zip:// glob:// data://text data://, zlib:// compress.zlib://
            file:/// file:/etc file:/c: gopher:// dict:// jar:http netdoc:// ldap:// rmi:// tftp:// =data:; =data:, =data:text/plain url:file:
            allow_url_include auto_prepend_file convert.base64-encode <!entity <!doctype␠ pearcmd config-create local_file: 169.254.169.254
            169.254.170.2 100.100.100.200 metadata.google.internal metadata.tencentyun fd00:ec2::
            """
        ),
        (.fileInclusion, [], .path, "pearcmd.php php://filter php://input"),
        (
            .traversal, [], [],
            """
            =/etc/passwd =/etc/shadow =/etc/hosts =/etc/group =/etc/issue =/etc/nginx =/proc/self =/proc/version =/windows/win.ini =c:\\windows\\
            =c:/windows/ =c:\\boot.ini =c:/boot.ini =\\windows\\ =/root/. =/web-inf/ =web-inf/ =c:\\winnt =/var/log/ =/etc/crontab
            =////etc/passwd =/./etc/passwd =c:\\inetpub
            """
        ),
        (.traversal, [], .path, "/etc/passwd /etc/shadow /proc/self/ /windows/win.ini /winnt/win.ini /boot.ini"),
        (
            [], .sensitiveFile, [],
            """
            etc/passwd etc/shadow etc/group etc/hosts etc/issue etc/hostname etc/crontab etc/fstab etc/motd etc/resolv.conf etc/nginx etc/apache
            etc/my.cnf etc/mysql etc/ssh etc/redis etc/httpd etc/php etc/profile etc/os-release etc/sudoers etc/network etc/tomcat etc/kubernetes
            etc\\passwd proc/self proc/version proc/cmdline proc/1/ proc/net proc/cpuinfo proc/mounts win.ini boot.ini system.ini php.ini my.ini
            windows/system32 windows\\system32 windows/win windows\\win winnt/ winnt\\ system32/ system32\\ web-inf meta-inf/ web.xml .ssh/ id_rsa
            id_dsa authorized_keys .bash_history .mysql_history var/log/ var/www/ var/lib/ usr/local/ wp-config web.config application.yml
            application.properties bootstrap.yml config.php database.yml .htpasswd .htaccess .env .git/ .svn/ global.asax config.inc settings.py
            secrets.yml inetpub server.xml tomcat-users context.xml var/run/secrets flag.txt database.php configuration.php sites/default/settings
            manager/html jboss-service
            """
        ),
    ]

    private static let shellGroups: [Group] = [
        (
            .webShell, [], .path,
            """
            /c99. /c100. /r57. /b374k /wso.php /wso2. /webshell /alfa.php /alfa-rex /alfacgiapi /alfa_data /indoxploit /antsword /behinder /godzilla
            /jspspy /aspxspy /aspydrv /phpspy /filesman /weevely /chopper. /regeorg /neoreg /suo5. /nosocket /k8cmd /0byt3 /priv8 /xleet
            /marijuana.php /wp-conflg /tinyshell /simple-backdoor /php-backdoor /php-reverse-shell /cmdasp /cmdjsp /jsp-reverse /icesword /mgshell
            /caidao /bypass.php /shell20 /gecko.php /lock360 /wp-l0gin /doc.php7 /an0nymous /anonymousfox /wso112233
            """
        ),
        (
            [], .shellName, [.path, .segment],
            "/shell /cmd /backdoor /spy /pwn /pwned /hacked /evil /tunnel /wsh /muma /dama /xiaoma /yjh /cmd1 /shell1 /shell2 /webshell1 /shellx /mm1"
        ),
        ([], .weakShellName, [.path, .segment], "/1 /2 /3 /x /xx /xxx /a /aa /aaa /b /1q /x1 /xm /ma /ant /diy /eval /exec /hack"),
        (
            [], .uploads, .path,
            """
            /upload/ /uploads/ /uploadfile/ /uploadfiles/ /upfile/ /upfiles/ /upload_files/ /uploadimg/ /userfiles/ /userfile/ /attachment/
            /attachments/ /attached/ /avatar/ /avatars/ /storage/app/ /userimg/ /temp/ /tmp/
            """
        ),
        ([], .assets, .path, "/images/ /image/ /img/ /css/ /fonts/ /font/ /pics/ /photo/ /photos/ /icons/"),
        (
            .webShell, [], [],
            """
            @eval($_ @ini_set("display_errors eval($_post eval(request( execute(request( eval(base64_decode($_ execute(␠request assert($_post
            eval(file_get_contents("php://input
            """
        ),
    ]

    private static let toolTraces: [Group] = [
        (
            .scannerTool, [], [],
            """
            acunetix sqlmap /nikto nikto- /nessus nmaplowercheck /nmaplower nmapuppercheck /nmap/ trinity.txt.bak openvas netsparker /wvs_
            appscan_ burpcollaborator oastify.com
            .interact.sh .oast. dnslog.cn ceye.io .bxss.me //bxss.me vulnweb.com/rfi masscan zgrab /w00tw00t w00tw00t. muieblackcat proxyradar
            pocsuite .dnslog. eyes.sh dnsbin jaeles wpscan hitthisurl .tukktuk
            rfiinc.txt cirt.net/rfiinc r87.com /nonexistent_nuclei projectdiscovery interactsh
            """
        )
    ]
}
