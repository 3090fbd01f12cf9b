import Foundation

/// A Tomcat of its own for one test, with the manager: Debian's, which asks for an account, or the same servlets without that demand.
package struct TomcatServer: ScannedServer {
    private let server: RunningServer

    package static func with(_ variant: ServerVariant, _ body: (TomcatServer) async throws -> Void) async throws {
        try await RunningServer.with(
            "tomcat", variant,
            configure: { folder, ports in
                for name in ["conf", "logs", "temp", "work", "webapps", "manager", "manager/WEB-INF"] { try folder.makeFolder(name) }
                let manager = variant.needsLogin ? "/usr/share/tomcat10-admin/manager" : folder.path("manager")
                try folder.put(serverFile(folder, port: ports[0], manager: manager), at: "conf/server.xml")
                let names = "username=\"\(ServerVariant.user)\" password=\"\(ServerVariant.password)\""
                try folder.put(["<tomcat-users><user \(names) roles=\"manager-gui,manager-script\"/></tomcat-users>"], at: "conf/tomcat-users.xml")
                try folder.put(application([("default", "servlets.DefaultServlet", "/")]), at: "conf/web.xml")
                try folder.put(
                    application([("HTMLManager", "manager.HTMLManagerServlet", "/html/*"), ("Manager", "manager.ManagerServlet", "/text/*")]),
                    at: "manager/WEB-INF/web.xml")
                let home = "/usr/share/tomcat10"
                let properties = ["java.io.tmpdir=\(folder.path("temp"))", "catalina.home=\(home)", "catalina.base=\(folder.url.path)"]
                return ServerProgram(
                    path: "/usr/bin/java",
                    arguments: JavaOptions.small + properties.map { "-D\($0)" } + [
                        "-cp", "\(home)/bin/bootstrap.jar:\(home)/bin/tomcat-juli.jar", "org.apache.catalina.startup.Bootstrap", "start",
                    ])
            },
            isReady: { LoopbackHTTP.isStatus(variant.needsLogin ? 401 : 200, "/manager/text/list", port: $0[0]) },
            { try await body(TomcatServer(server: $0)) })
    }

    private static func serverFile(_ folder: ServerFolder, port: UInt16, manager: String) -> [String] {
        [
            // No port for shutting down.
            "<Server port=\"-1\"><Service name=\"Catalina\">",
            "<Connector port=\"\(port)\" address=\"\(Loopback.host)\" maxThreads=\"4\" minSpareThreads=\"1\"/>",
            "<Engine name=\"Catalina\" defaultHost=\"localhost\">",
            "<Realm className=\"org.apache.catalina.realm.MemoryRealm\" pathname=\"conf/tomcat-users.xml\"/>",
            "<Host name=\"localhost\" appBase=\"webapps\" autoDeploy=\"false\" deployOnStartup=\"false\">",
            "<Context path=\"/manager\" docBase=\"\(manager)\" privileged=\"true\"/>",
            "<Valve className=\"org.apache.catalina.valves.AccessLogValve\" directory=\"\(folder.path("logs"))\" prefix=\"access\" suffix=\"\" "
                + "rotatable=\"false\" buffered=\"false\" pattern=\"&quot;%r&quot; %s &quot;%{User-Agent}i&quot;\"/>",
            "</Host></Engine></Service></Server>",
        ]
    }

    private static func application(_ servlets: [(name: String, className: String, pattern: String)]) -> [String] {
        ["<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"5.0\">"]
            + servlets.map { servlet in
                let name = "<servlet-name>\(servlet.name)</servlet-name>"
                return "<servlet>\(name)<servlet-class>org.apache.catalina.\(servlet.className)</servlet-class></servlet>"
                    + "<servlet-mapping>\(name)<url-pattern>\(servlet.pattern)</url-pattern></servlet-mapping>"
            } + ["</web-app>"]
    }

    package var expectations: [ServiceExpectation] { [ServiceExpectation("tomcat-manager", port: server.port, server.variant)] }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        for name in ["conf", "webapps", "manager"] { snapshot.addFiles(below: server.folder.path(name)) }
        // Name, state and folder of each application, without its sessions.
        let list = try LoopbackHTTP.demand("GET", "/manager/text/list", port: server.port, login: server.variant.needsLogin).text
        snapshot["applications"] = list.replacing(/:(running|stopped):\d+:/) { ":\($0.1):" }
        return snapshot
    }

    package func commandLog() async throws -> [String] {
        try await server.requests({ server.folder.text(of: "logs/access") }, port: server.port)
    }
}
