/// Lines that real servers wrote (nginx 1.22, Apache 2.4, HAProxy 2.6, Tomcat 10.1) when they were asked good and bad things; those of Caddy, IIS and
/// Squid after their manuals.
enum Samples {
    static let all: [(String, [String])] = [
        ("combined", combined),
        ("combined", main),
        ("combined-vhost", vhost),
        ("common", common),
        ("nginx-json", nginxJSON),
        ("nginx-error", nginxError),
        ("apache-error", apacheError),
        ("haproxy-http", haproxyHTTP),
        ("haproxy-tcp", haproxyTCP),
        ("caddy", caddy),
        ("tomcat-catalina", catalina),
        ("w3c", w3c),
        ("squid", squid),
        ("squid-combined", squidCombined),
    ]

    static let combined = [
        #"127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "GET /index.html?id=1042 HTTP/1.1" 200 6 "-" "curl/7.88.1""#,
        #"127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "GET /missing?q='%20OR%201=1-- HTTP/1.1" 404 153 "https://clinic.example/a\x22b" "Mozilla/5.0 (X11; Linux) \x22quoted\x22 \x5Cback""#,
        #"127.0.0.1 - doctor [26/Nov/2026:05:47:38 +0800] "GET /private/x HTTP/1.1" 401 179 "-" "curl/7.88.1""#,
        #"127.0.0.1 - nurse li [10/Oct/2020 [26/Nov/2026:05:47:38 +0800] "GET /private/x HTTP/1.1" 401 179 "-" "curl/7.88.1""#,
        #"127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "GET /denied HTTP/1.1" 404 153 "-" "curl/7.88.1""#,
        #"127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "GET /forge HTTP/1.1" 404 153 "-" "x\x22 200 5 \x22-\x22 \x22y""#,
        #"127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "GET /forge HTTP/1.1" 404 397 "-" "x\" 200 5 \"-\" \"y""#,
        #"127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "GET /\xe7\x97\x85\xe5\x8e\x86?\xe5\x90\x8d=\xe7\x8e\x8b HTTP/1.1" 400 448 "-" "-""#,
        #"127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "\x16\x03\x01" 400 448 "-" "-""#,
        #"127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "GET http://abs.example/x HTTP/1.1" 404 416 "-" "-""#,
    ]

    static let main = [
        #"127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "GET /index.html?id=1042 HTTP/1.1" 200 6 "-" "curl/7.88.1" "-""#,
        #"127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "GET /missing?q='%20OR%201=1-- HTTP/1.1" 404 153 "https://clinic.example/a\x22b" "Mozilla/5.0 (X11; Linux) \x22quoted\x22 \x5Cback" "198.51.100.7, 10.0.0.1""#,
        #"127.0.0.1 - doctor [26/Nov/2026:05:47:38 +0800] "GET /private/x HTTP/1.1" 401 179 "-" "curl/7.88.1" "-""#,
        #"127.0.0.1 - nurse li [10/Oct/2020 [26/Nov/2026:05:47:38 +0800] "GET /private/x HTTP/1.1" 401 179 "-" "curl/7.88.1" "-""#,
        #"127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "GET /forge HTTP/1.1" 404 153 "-" "x\x22 200 5 \x22-\x22 \x22y" "-""#,
    ]

    static let vhost = [
        #"clinic.example:80 127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "GET /index.html?id=1042 HTTP/1.1" 200 206 "-" "curl/7.88.1""#,
        #"clinic.example:80 127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "GET /missing?q='%20OR%201=1-- HTTP/1.1" 404 397 "https://clinic.example/a\"b" "Mozilla/5.0 (X11; Linux) \"quoted\" \\back""#,
        #"clinic.example:80 127.0.0.1 - doctor [26/Nov/2026:05:47:38 +0800] "GET /private/x HTTP/1.1" 401 620 "-" "curl/7.88.1""#,
        #"clinic.example:80 127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "GET /forge HTTP/1.1" 404 397 "-" "x\" 200 5 \"-\" \"y""#,
        #"127.0.0.1:18080 127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "GET /index.html?id=1042 HTTP/1.1" 200 6 "-" "curl/7.88.1""#,
        #"127.0.0.1:18080 127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "GET /missing?q='%20OR%201=1-- HTTP/1.1" 404 153 "https://clinic.example/a\x22b" "Mozilla/5.0 (X11; Linux) \x22quoted\x22 \x5Cback""#,
        #":18080 127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "GET /../../etc/passwd HTTP/1.1" 400 157 "-" "-""#,
    ]

    static let common = [
        #"127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "GET /index.html?id=1042 HTTP/1.1" 200 206"#,
        #"127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "GET /missing?q='%20OR%201=1-- HTTP/1.1" 404 397"#,
        #"127.0.0.1 - doctor [26/Nov/2026:05:47:38 +0800] "GET /private/x HTTP/1.1" 401 620"#,
        #"127.0.0.1 - nurse li [10/Oct/2020 [26/Nov/2026:05:47:38 +0800] "GET /private/x HTTP/1.1" 401 620"#,
        #"127.0.0.1 - - [26/Nov/2026:05:47:38 +0800] "\x16\x03\x01" 400 448"#,
    ]

    static let nginxJSON = [
        #"{"time":"2026-11-26T05:47:38+08:00","msec":1795643258.278,"remote_addr":"127.0.0.1","remote_user":"","request_method":"GET","request_uri":"/index.html?id=1042","status":200,"body_bytes_sent":6,"request_time":0.000,"upstream_response_time":"","http_referer":"","http_user_agent":"curl/7.88.1","http_x_forwarded_for":"","host":"127.0.0.1"}"#,
        #"{"time":"2026-11-26T05:47:38+08:00","msec":1795643258.302,"remote_addr":"127.0.0.1","remote_user":"","request_method":"GET","request_uri":"/missing?q='%20OR%201=1--","status":404,"body_bytes_sent":153,"request_time":0.000,"upstream_response_time":"","http_referer":"https://clinic.example/a\"b","http_user_agent":"Mozilla/5.0 (X11; Linux) \"quoted\" \\back","http_x_forwarded_for":"198.51.100.7, 10.0.0.1","host":"127.0.0.1"}"#,
        #"{"time":"2026-11-26T05:47:38+08:00","msec":1795643258.326,"remote_addr":"127.0.0.1","remote_user":"doctor","request_method":"GET","request_uri":"/private/x","status":401,"body_bytes_sent":179,"request_time":0.000,"upstream_response_time":"","http_referer":"","http_user_agent":"curl/7.88.1","http_x_forwarded_for":"","host":"127.0.0.1"}"#,
        #"{"time":"2026-11-26T05:47:38+08:00","msec":1795643258.439,"remote_addr":"127.0.0.1","remote_user":"","request_method":"GET","request_uri":"/forge","status":404,"body_bytes_sent":153,"request_time":0.000,"upstream_response_time":"","http_referer":"","http_user_agent":"x\" 200 5 \"-\" \"y","http_x_forwarded_for":"","host":"127.0.0.1"}"#,
    ]

    static let nginxError = [
        #"2026/11/26 05:47:36 [notice] 8219#8219: nginx/1.22.1"#,
        #"2026/11/26 05:47:38 [error] 8877#8877: *2 open() "/srv/html/missing" failed (2: No such file or directory), client: 127.0.0.1, server: , request: "GET /missing?q='%20OR%201=1-- HTTP/1.1", host: "127.0.0.1:18080", referrer: "https://clinic.example/a"b""#,
        #"2026/11/26 05:47:38 [error] 8877#8877: *2 user "doctor": password mismatch, client: 127.0.0.1, server: , request: "GET /private/x HTTP/1.1", host: "127.0.0.1:18080""#,
        #"2026/11/26 05:47:38 [error] 8877#8877: *2 user "nurse li [10/Oct/2020" was not found in "/srv/users", client: 127.0.0.1, server: , request: "GET /private/x HTTP/1.1", host: "127.0.0.1:18080""#,
        #"2026/11/26 05:47:39 [notice] 8219#8219: reopening logs"#,
        #"2026/11/26 05:47:38 [error] 8877#8877: *7 connect() failed (111: Connection refused) while connecting to upstream, client: 127.0.0.1, server: , request: "GET /up HTTP/1.1", upstream: "http://127.0.0.1:1/up", host: "127.0.0.1:18080""#,
        #"2026/11/26 05:47:38 [info] 8877#8877: *6 client sent invalid request while reading client request line, client: 127.0.0.1, server: , request: "GET /../../etc/passwd HTTP/1.1""#,
    ]

    static let apacheError = [
        #"[Thu Nov 26 05:47:38.147772 2026] [mpm_event:notice] [pid 8878:tid 8878] AH00489: Apache/2.4.71 (Debian) configured -- resuming normal operations"#,
        #"[Thu Nov 26 05:47:38.582875 2026] [core:info] [pid 8222:tid 8226] [client 127.0.0.1:55498] AH00128: File does not exist: /srv/html/missing, referer: https://clinic.example/a"b"#,
        #"[Thu Nov 26 05:47:38.601380 2026] [auth_basic:error] [pid 8882:tid 8898] [client 127.0.0.1:55504] AH01617: user doctor: authentication failure for "/private/x": Password Mismatch"#,
        #"[Thu Nov 26 05:47:38.621354 2026] [auth_basic:error] [pid 8881:tid 8887] [client 127.0.0.1:55512] AH01618: user nurse li [10/Oct/2020 not found: /private/x"#,
        #"[Thu Nov 26 05:47:38.650877 2026] [authz_core:error] [pid 8881:tid 8889] [client 127.0.0.1:55528] AH01630: client denied by server configuration: /srv/html/denied"#,
    ]

    static let haproxyHTTP = [
        #"<134>Nov 26 05:47:56 haproxy[8965]: 127.0.0.1:48204 [26/Nov/2026:05:47:38.650] web nginx/n1 0/0/0/0/0 200 203 - - ---- 1/1/0/0/0 0/0 {127.0.0.1:18082|curl/7.88.1|} {nginx/1.22.1} "GET /index.html?id=1042 HTTP/1.1""#,
        #"<134>Nov 26 05:47:56 haproxy[8965]: 127.0.0.1:48208 [26/Nov/2026:05:47:38.671] web nginx/n1 1/2/3/4/30 404 283 - - ---- 1/1/0/0/0 0/0 {127.0.0.1:18082|Mozilla/5.0 (X11; Linux) #22quoted#22 \back|198.51.100.7, 10.0.0.1} {nginx/1.22.1} "GET /missing?q='%20OR%201=1-- HTTP/1.1""#,
        #"<134>Nov 26 05:47:56 haproxy[8965]: 127.0.0.1:48268 [26/Nov/2026:05:47:38.803] web nginx/n1 0/0/0/0/0 404 283 - - ---- 1/1/0/0/0 0/0 {127.0.0.1:18082|x#22 200 5 #22-#22 #22y|} {nginx/1.22.1} "GET /forge HTTP/1.1""#,
        #"<134>Nov 26 05:47:57 haproxy[8965]: 127.0.0.1:48272 [26/Nov/2026:05:47:38.110] web web/<NOSRV> -1/-1/-1/-1/0 400 0 - - PR-- 1/1/0/0/0 0/0 "<BADREQ>""#,
        #"<134>Nov 26 05:47:57 haproxy[8965]: 127.0.0.1:35548 [26/Nov/2026:05:47:38.875] plain nginx/n1 0/0/0/0/0 200 203 - - ---- 1/1/0/0/0 0/0 "GET /index.html?id=1042 HTTP/1.1""#,
    ]

    static let haproxyTCP = [
        #"<134>Nov 26 05:47:59 haproxy[8965]: 127.0.0.1:59772 [26/Nov/2026:05:47:38.522] data pg/pg1 1/0/9 235 -- 1/1/0/0/0 0/0"#,
        #"Dec  3 18:27:14 localhost haproxy[6103]: 127.0.0.1:56059 [03/Dec/2012:17:35:10.380] frt/f1: Connection error during SSL handshake"#,
    ]

    static let caddy = [
        #"{"level":"info","ts":1795643258.284,"logger":"http.log.access.log0","msg":"handled request","request":{"remote_ip":"203.0.113.7","remote_port":"41342","client_ip":"198.51.100.1","proto":"HTTP/2.0","method":"GET","host":"clinic.example:443","uri":"/a?b=c","headers":{"User-Agent":["curl/7.82.0"],"Accept":["*/*"],"X-Forwarded-For":["192.0.2.9","198.51.100.1, 10.0.0.1"]},"tls":{"resumed":false,"version":772,"cipher_suite":4867,"proto":"h2","server_name":"clinic.example"}},"bytes_read":0,"user_id":"doctor","duration":0.000929675,"size":10900,"status":200,"resp_headers":{"Server":["Caddy"],"Content-Type":["text/html"]}}"#,
        #"{"level":"error","ts":1795643258.9,"logger":"tls.obtain","msg":"will retry","error":"no such host"}"#,
    ]

    static let catalina = [
        #"26-Nov-2026 05:47:38.277 INFO [main] org.apache.coyote.AbstractProtocol.init Initializing ProtocolHandler ["http-nio-127.0.0.1-18086"]"#,
        #"26-Nov-2026 05:47:38.325 SEVERE [http-nio-8080-exec-2] org.apache.catalina.core.StandardWrapperValve.invoke Servlet.service() threw exception [Unable to compile:"#,
        #"Stacktrace:] with root cause"#,
        "\tjava.lang.RuntimeException: boom",
        #"26-Nov-2026 05:47:39.325 WARNING [http-nio-8080-exec-3] org.apache.catalina.realm.LockOutRealm.filterLockedAccounts An attempt was made to authenticate the locked user [tomcat]"#,
    ]

    static let w3c = [
        #"#Software: Microsoft Internet Information Services 10.0"#,
        #"#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken X-Forwarded-For"#,
        #"2026-01-02 03:04:05 192.0.2.1 GET /Patient/View.aspx id=1042&x=a+b 443 CLINIC\li 203.0.113.7 Mozilla/5.0+(Windows+NT+10.0) https://a.example/x 200 0 0 15 198.51.100.7,+10.0.0.1"#,
        #"2026-01-02 03:04:06 192.0.2.1 GET /x - 443 - 203.0.113.7 - - 401 2 5 1 -"#,
        #"#Fields: date time c-ip cs-uri-query cs-method sc-status cs-uri-stem cs(User-Agent) time-taken"#,
        #"2026-01-02 03:04:05 203.0.113.7 q=1 GET 200 /c "curl 1.500"#,
        #"2026-01-02 03:04:05 203.0.113.7 q=1 GET 200 /c "curl x 1.500"#,
        #"2026-01-02 03:04:05 203.0.113.7 q=1 GET 200 /c "a b" 1.500"#,
    ]

    static let squid = [
        #"1066036250.129     41 10.0.0.8 TCP_MISS/200 1234 GET http://www.example.org/a?b li HIER_DIRECT/192.0.2.7 text/html"#,
        #"1066036251.603    345 10.0.0.8 TCP_TUNNEL/200 5120 CONNECT mail.example.org:443 - HIER_DIRECT/192.0.2.8 -"#,
        #"1066036252.000      0 10.0.0.9 TCP_DENIED/403 3974 GET http://x.example/ - HIER_NONE/- text/html"#,
    ]

    static let squidCombined = [
        #"10.0.0.8 - li [26/Nov/2026:05:47:38 +0800] "GET http://www.example.org/a?b HTTP/1.1" 200 1234 "-" "curl/7.88.1" TCP_MISS:HIER_DIRECT"#,
        #"10.0.0.9 - - [26/Nov/2026:05:47:39 +0800] "GET http://x.example/ HTTP/1.1" 403 3974 "-" "-" TCP_DENIED:HIER_NONE"#,
    ]
}
