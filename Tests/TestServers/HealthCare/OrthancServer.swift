import Foundation

/// An Orthanc of its own for one test, with one synthetic study: the REST interface and DICOM.
package struct OrthancServer: ChangeableServer {
    private let server: RunningServer

    package static func with(_ variant: ServerVariant, _ body: (OrthancServer) async throws -> Void) async throws {
        try await RunningServer.with(
            "orthanc", variant, ports: 2,
            configure: { folder, ports in
                let data = try folder.makeFolder("data")
                let settings: [String: Any] = [
                    "Name": "clinic", "StorageDirectory": data, "IndexDirectory": data, "Plugins": [String](), "HttpPort": Int(ports[0]),
                    "HttpBindAddresses": [Loopback.host], "DicomPort": Int(ports[1]), "DicomAet": "CLINIC", "RemoteAccessAllowed": true,
                    "AuthenticationEnabled": variant.needsLogin, "RegisteredUsers": [ServerVariant.user: ServerVariant.password],
                    // Only who names the right title is let in.
                    "DicomCheckCalledAet": variant.needsLogin, "HttpThreadsCount": 2, "ConcurrentJobs": 1,
                ]
                let text = String(decoding: try JSONSerialization.data(withJSONObject: settings), as: UTF8.self)
                return ServerProgram(
                    path: "/usr/sbin/Orthanc", arguments: ["--verbose-http", "--trace-dicom", try folder.put([text], at: "orthanc.json")])
            },
            isReady: { ports in
                LoopbackHTTP.isStatus(200, "/system", port: ports[0], login: variant.needsLogin) && DICOMVerification.isAnswered(ports[1])
            },
            { running in
                let server = OrthancServer(server: running)
                try LoopbackHTTP.demand(
                    "POST", "/tools/create-dicom", port: running.port, login: variant.needsLogin,
                    body: #"{"Tags":{"PatientName":"Test^Person","PatientID":"T-7","Modality":"CT"}}"#)
                try await body(server)
            })
    }

    package var expectations: [ServiceExpectation] {
        [ServiceExpectation("orthanc", port: server.port, server.variant), ServiceExpectation("dicom", port: server.ports[1], server.variant)]
    }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        for path in ["/changes", "/statistics", "/exports", "/modalities?expand", "/peers?expand", "/jobs"] {
            try snapshot.addJSON(LoopbackHTTP.demand("GET", path, port: server.port, login: server.variant.needsLogin).json, as: path)
        }
        snapshot.addFile(server.folder.path("orthanc.json"), as: "orthanc.json")
        // The index is written by itself; the stored objects are not.
        snapshot.addFiles(below: server.folder.path("data")) { $0.hasPrefix("index") }
        return snapshot
    }

    package func change() async throws {
        try LoopbackHTTP.demand(
            "POST", "/tools/create-dicom", port: server.port, login: server.variant.needsLogin,
            body: #"{"Tags":{"PatientName":"Other^Person","PatientID":"T-8","Modality":"CT"}}"#)
    }

    /// Requests of the REST interface, and messages of DICOM.
    package func commandLog() async throws -> [String] {
        let mark = "/suwen-tests-\(UUID().uuidString)"
        let text = try await server.log({ server.folder.output }, until: mark) {
            _ = try LoopbackHTTP.ask("GET", mark, port: server.port, login: server.variant.needsLogin)
        }
        return text.split(separator: "\n").filter { !$0.contains("suwen-tests-") }.compactMap { line -> String? in
            if let match = line.firstMatch(of: /\(http\) ([A-Z]+ \/\S*)/) { return "\(match.1)" }
            return DICOMVerification.message(in: line)
        }
    }
}
