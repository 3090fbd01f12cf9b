import Foundation

/// DCMTK's dcmqrscp of its own for one test, with one synthetic image. It always asks for a title that it knows; the variant that authenticates also
/// asks who the client is.
package struct DICOMArchiveServer: ScannedServer {
    private let server: RunningServer

    package static func with(_ variant: ServerVariant, _ body: (DICOMArchiveServer) async throws -> Void) async throws {
        try await RunningServer.with(
            "dcmqrscp", variant,
            configure: { folder, ports in
                let storage = try folder.makeFolder("CLINIC")
                let peers = variant.needsLogin ? "modality" : "ANY"
                let lines = [
                    "NetworkTCPPort = \(ports[0])", "MaxPDUSize = 16384", "MaxAssociations = 8", "HostTable BEGIN",
                    "modality = (MODALITY, modality.invalid, 104)", "HostTable END", "VendorTable BEGIN", "VendorTable END", "AETable BEGIN",
                    "CLINIC \(storage) RW (9, 1024kb) \(peers)", "AETable END",
                ]
                let image = try folder.put(
                    [
                        "(0008,0016) UI =SecondaryCaptureImageStorage", "(0008,0018) UI [2.25.7.4]", "(0010,0010) PN [Test^Person]",
                        "(0010,0020) LO [T-7]", "(0020,000d) UI [2.25.7.2]", "(0020,000e) UI [2.25.7.3]",
                    ], at: "image.dump")
                _ = try await ServerProcess.run("/usr/bin/dump2dcm", ["+te", image, "\(storage)/image.dcm"], as: folder.user, in: folder)
                _ = try await ServerProcess.run("/usr/bin/dcmqridx", [storage, "\(storage)/image.dcm"], as: folder.user, in: folder)
                return ServerProgram(path: "/usr/bin/dcmqrscp", arguments: ["-d", "-c", try folder.put(lines, at: "dcmqrscp.cfg")])
            },
            isReady: { DICOMVerification.isAnswered($0[0]) }, { try await body(DICOMArchiveServer(server: $0)) })
    }

    package var expectations: [ServiceExpectation] { [ServiceExpectation("dicom", port: server.port, .required)] }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        snapshot.addFiles(below: server.folder.path("CLINIC"))
        snapshot.addFile(server.folder.path("dcmqrscp.cfg"), as: "dcmqrscp.cfg")
        return snapshot
    }

    /// Associations and messages. Written before they are answered.
    package func commandLog() async throws -> [String] {
        server.folder.output.split(separator: "\n").compactMap { line -> String? in
            if line.contains("Association Received (") { return "association" }
            if line.contains("Received Echo SCP RQ") { return "C-ECHO" }
            if let match = line.firstMatch(of: /Received (Find|Move|Get|Store) SCP/) { return "C-\(match.1.uppercased())" }
            return DICOMVerification.message(in: line)
        }
    }
}
