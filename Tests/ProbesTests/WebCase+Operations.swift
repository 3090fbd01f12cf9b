import Probes

extension WebCase {
    static let operations = monitoring + development

    private static let exporterRefusal = WebSite.page(
        "401 Unauthorized", "Unauthorized\n", type: "text/plain; charset=utf-8", headers: ["WWW-Authenticate: Basic"])

    private static let monitoring = [
        WebCase(
            "open", .prometheus,
            [
                "/": WebSite.moved("/graph"),
                "/api/v1/status/buildinfo": WebSite.json(
                    #"{"status":"success","data":{"version":"2.47.0","revision":"r","goVersion":"go1.21"}}"#),
                "/api/v1/status/tsdb": WebSite.json(#"{"status":"success","data":{"headStats":{"numSeries":508}}}"#),
            ], .notRequired, "exposure.web-counted", version: "2.47.0"),
        WebCase("password", .prometheus, [:], missing: exporterRefusal, .required, "exposure.refused"),
        WebCase(
            "open", .alertmanager,
            [
                "/": WebSite.html("Alertmanager"),
                "/api/v2/status": WebSite.json(#"{"cluster":{"status":"ready"},"versionInfo":{"version":"0.26.0"},"config":{"original":""}}"#),
            ], .notRequired, "exposure.web-answered", version: "0.26.0"),
        WebCase("password", .alertmanager, [:], missing: exporterRefusal, .required, "exposure.refused"),
        WebCase(
            "anonymous", .grafana,
            [
                "/": WebSite.html("Grafana", "<div id=\"reactRoot\"></div>"), "/api/org": WebSite.json(#"{"id":1,"name":"Main Org."}"#),
                "/api/health": WebSite.json(#"{"commit":"c","database":"ok","version":"10.1.0"}"#),
            ], .notRequired, "exposure.web-answered", version: "10.1.0"),
        WebCase(
            "password", .grafana,
            [
                "/": WebSite.moved("/login"), "/login": WebSite.html("Grafana", "<div id='reactRoot'></div>"), "/api/org": WebSite.refused(),
                "/api/health": WebSite.json(#"{"database":"ok","version":"10.1.0"}"#),
            ], .required, "exposure.refused", version: "10.1.0"),
        WebCase("identified", .zabbix, ["/": WebSite.html("his: Zabbix")], .unknown, "exposure.identified-only"),
    ]

    private static let gitLabPage = WebSite.moved("/users/sign_in", headers: ["X-Gitlab-Meta: {}"])

    private static let development = [
        WebCase(
            "anonymous", .jenkins,
            [
                "/": WebSite.html("Dashboard [Jenkins]", headers: ["X-Jenkins: 2.426.1"]),
                "/api/json?tree=jobs%5Bcolor%5D": WebSite.json(#"{"_class":"hudson.model.Hudson","jobs":[{"color":"blue"}]}"#),
            ], .notRequired, "exposure.web-counted", version: "2.426.1"),
        WebCase(
            "password", .jenkins, [:], missing: WebSite.page("403 Forbidden", "", headers: ["X-Jenkins: 2.426.1"]), .required, "exposure.refused",
            version: "2.426.1"),
        WebCase(
            "password, with public projects", .gitLab,
            [
                "/": gitLabPage, "/users/sign_in": WebSite.html("Sign in · GitLab", headers: ["X-Gitlab-Meta: {}"]),
                "/api/v4/version": WebSite.json(#"{"message":"401 Unauthorized"}"#, "401 Unauthorized"),
                "/api/v4/projects?per_page=1&simple=true": WebSite.json(#"[{"id":1,"path_with_namespace":"a/b"}]"#, headers: ["X-Total: 6"]),
            ], .required, "exposure.refused"),
        WebCase(
            "open through a proxy that logs in", .gitLab,
            [
                "/": WebSite.html("Projects", headers: ["X-Gitlab-Meta: {}"]),
                "/api/v4/version": WebSite.json(#"{"version":"16.6.0","revision":"r"}"#),
            ], .notRequired, "exposure.web-answered", version: "16.6.0"),
        WebCase(
            "open", .jupyter,
            [
                "/": WebSite.moved("/lab?"), "/api": WebSite.json(#"{"version": "2.10.0"}"#),
                "/api/status": WebSite.json(#"{"connections":0,"kernels":2,"last_activity":"t","started":"t"}"#),
            ], .notRequired, "exposure.web-counted", version: "2.10.0"),
        WebCase(
            "token", .jupyter,
            [
                "/": WebSite.moved("/login?next=%2F"), "/api": WebSite.json(#"{"version": "2.10.0"}"#),
                "/api/status": WebSite.json(#"{"message":"Forbidden","reason":null}"#, "403 Forbidden"),
            ], .required, "exposure.refused", version: "2.10.0"),
        WebCase(
            "open", .kong,
            [
                "/": WebSite.json(#"{"tagline":"Welcome to kong","version":"3.4.2"}"#),
                "/services?size=100": WebSite.json(#"{"data":[{"id":"a"}],"next":null}"#),
            ], .notRequired, "exposure.web-counted", version: "3.4.2"),
        WebCase(
            "token", .kong, ["/": WebSite.json(#"{"tagline":"Welcome to kong","version":"3.4.2"}"#), "/services?size=100": WebSite.refused()],
            .required, "exposure.refused"),
    ]
}
