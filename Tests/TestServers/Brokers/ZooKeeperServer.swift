import Foundation

/// A ZooKeeper of its own for one test. The variant that authenticates serves nobody who hasn't proven a name (`enforce.auth`, digest).
package struct ZooKeeperServer: ChangeableServer {
    private let server: RunningServer

    package static func with(_ variant: ServerVariant, _ body: (ZooKeeperServer) async throws -> Void) async throws {
        try await RunningServer.with(
            "zookeeper", variant,
            configure: { folder, ports in
                var lines = [
                    "tickTime=2000", "dataDir=\(try folder.makeFolder("data"))", "clientPort=\(ports[0])", "clientPortAddress=\(Loopback.host)",
                    "admin.enableServer=false",
                ]
                if variant.needsLogin { lines += ["enforce.auth.enabled=true", "enforce.auth.schemes=digest"] }
                let properties = [
                    // Each request that is carried out is logged.
                    "org.slf4j.simpleLogger.log.org.apache.zookeeper.server.FinalRequestProcessor=debug",
                    "zookeeper.preAllocSize=64", "zookeeper.forceSync=no", "zookeeper.jmx.log4j.disable=true",
                ]
                return ServerProgram(
                    path: "/usr/bin/java",
                    arguments: JavaOptions.small + properties.map { "-D\($0)" } + [
                        "-cp", "/usr/share/java/zookeeper.jar:/usr/share/java/slf4j-simple.jar",
                        "org.apache.zookeeper.server.ZooKeeperServerMain", try folder.put(lines, at: "zoo.cfg"),
                    ])
            },
            isReady: { String(decoding: Loopback.exchange(port: $0[0], request: "srvr") ?? [], as: UTF8.self).contains("Zxid") },
            { running in
                let server = ZooKeeperServer(server: running)
                var client = try server.client()
                try client.create("/clinic", "ward 7")
                try client.close()
                try await body(server)
            })
    }

    package var expectations: [ServiceExpectation] { [ServiceExpectation("zookeeper", port: server.port, server.variant)] }

    private func client() throws -> ZooKeeperClient { try ZooKeeperClient(port: server.port, login: server.variant.needsLogin) }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        var client = try client()
        var waiting = ["/"]
        while let path = waiting.popLast() {
            snapshot[path] = try client.node(path)
            waiting += try client.children(of: path).map { path == "/" ? "/\($0)" : "\(path)/\($0)" }
        }
        try client.close()
        snapshot.addFile(server.folder.path("zoo.cfg"), as: "zoo.cfg")
        return snapshot
    }

    package func change() async throws {
        var client = try client()
        try client.create("/clinic/bed", "1")
        try client.close()
    }

    package func commandLog() async throws -> [String] {
        let path = "/suwen-tests-\(UUID().uuidString)"
        let text = try await server.log({ server.folder.output }, until: path) {
            var client = try client()
            _ = try? client.node(path)
            try client.close()
        }
        return text.split(separator: "\n").filter { $0.contains("Processing request::") && !$0.contains("suwen-tests-") }.compactMap { line in
            line.firstMatch(of: /type:(\S+) .*reqpath:(\S+)/).map { $0.2 == "n/a" ? String($0.1) : "\($0.1) \($0.2)" }
        }
    }
}

/// Options that keep a Java program small and its start short.
enum JavaOptions {
    static let small = ["-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"]
}
