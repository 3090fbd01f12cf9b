import Probes

extension WebCase {
    static let consoles = servers + applications

    private static let servers = [
        WebCase(
            "console", .webLogic,
            [
                "/console/login/LoginForm.jsp": WebSite.html("Oracle WebLogic Server Administration Console")
            ], missing: WebSite.page("404 Not Found", "<html><head><title>Error 404--Not Found</title></head></html>"), .unknown,
            "exposure.identified-only"),
        WebCase(
            "no password", .glassFish,
            [
                "/management/domain.json": WebSite.json(
                    #"{"command":"d","exit_code":"SUCCESS","extraProperties":{"childResources":{"configs":"u"}}}"#)
            ], .notRequired, "exposure.web-answered"),
        WebCase("password", .glassFish, [:], missing: WebSite.refused("admin-realm"), .required, "exposure.refused"),
        WebCase(
            "identified", .webmin, ["/": WebSite.html("Login to Webmin", headers: ["Server: MiniServ/2.102"])], .unknown, "exposure.identified-only",
            version: "2.102"),
        WebCase(
            "identified", .winRM, ["/wsman": WebSite.page("405 Method Not Allowed", "", headers: ["Server: Microsoft-HTTPAPI/2.0"])],
            missing: WebSite.page("404 Not Found", "", headers: ["Server: Microsoft-HTTPAPI/2.0"]), .unknown, "exposure.identified-only"),
    ]

    private static let links = WebSite.json(#"{"_links":{"self":{"href":"h","templated":false},"env":{"href":"h/env","templated":false}}}"#)

    private static let applications = [
        WebCase(
            "open", .springActuator,
            [
                "/actuator": links,
                "/actuator/env/java.version": WebSite.json(
                    #"{"property":{"source":"systemProperties","value":"17"},"activeProfiles":[],"propertySources":[{"name":"systemProperties"}]}"#),
            ], .notRequired, "exposure.web-answered"),
        WebCase("password", .springActuator, ["/actuator": links, "/actuator/env/java.version": WebSite.refused()], .required, "exposure.refused"),
        WebCase(
            "login page", .springActuator, ["/actuator": links, "/actuator/env/java.version": WebSite.moved("/login")], .required,
            "exposure.redirect-login"),
        WebCase("health alone", .springActuator, ["/actuator": links], .unknown, "exposure.busy"),
        WebCase(
            "open, as version 1", .springActuator,
            [
                "/": WebSite.json(#"{"timestamp":1,"status":404,"error":"Not Found","path":"/"}"#, "404 Not Found"),
                "/env/java.version": WebSite.json(#"{"java.version":"1.8.0"}"#),
            ],
            .notRequired, "exposure.web-answered"),
        WebCase(
            "open", .druidMonitor,
            [
                "/druid/index.html": WebSite.html("Druid Stat Index"),
                "/druid/basic.json": WebSite.json(#"{"ResultCode":1,"Content":{"Version":"1.2.20","Drivers":[]}}"#),
            ], .notRequired, "exposure.web-answered", version: "1.2.20"),
        WebCase(
            "password", .druidMonitor,
            [
                "/druid/index.html": WebSite.moved("/druid/login.html"), "/druid/login.html": WebSite.html("druid monitor"),
                "/druid/basic.json": WebSite.moved("/druid/login.html"),
            ], .required, "exposure.redirect-login"),
        WebCase(
            "password", .phpMyAdmin, ["/phpmyadmin/": WebSite.html("phpMyAdmin", "<form><input type=\"text\" name=\"pma_username\"></form>")],
            .required,
            "exposure.password-asked"),
        WebCase(
            "password in its configuration", .phpMyAdmin,
            ["/phpmyadmin/": WebSite.html("localhost | phpMyAdmin 5.2.1", "<div id=\"pma_navigation\"></div>")], .notRequired, "exposure.web-answered"
        ),
        WebCase("password", .tomcatManager, ["/manager/html": WebSite.refused("Tomcat Manager Application")], .required, "exposure.refused"),
        WebCase("open", .tomcatManager, ["/manager/html": WebSite.html("/manager", "<form></form>")], .notRequired, "exposure.web-answered"),
        WebCase("identified", .xxlJob, ["/xxl-job-admin/toLogin": WebSite.html("任务调度中心")], .unknown, "exposure.identified-only"),
    ]
}
