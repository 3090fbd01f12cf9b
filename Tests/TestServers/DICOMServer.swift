import Foundation

/// A DICOM server of its own for one test.
package struct DICOMServer: Sendable {
    package enum Program: Hashable, Sendable {
        /// - Parameter settings: members of its configuration, as JSON: `"DicomCheckCalledAet": true`.
        case orthanc(settings: [String] = [])
        /// dcmtk's archive: one that knows the called title CLINIC only.
        case dcmqrscp
        /// dcmtk's receiver: takes any title.
        case storescp(tls: Bool = false)
    }

    package let host: String
    package let port: UInt16
    private let folder: ServerFolder
    private let process: ServerProcess

    /// The end of what it has written to its log.
    package var log: String { process.output }

    /// How many files it has stored, its index aside.
    package var stored: Int {
        let files = FileManager.default.enumerator(at: folder.url.appendingPathComponent("store"), includingPropertiesForKeys: nil)
        return files?.compactMap { ($0 as? URL)?.lastPathComponent }.filter { !$0.hasPrefix("index") }.count ?? 0
    }

    package static func with<Result>(
        _ program: Program, isolation: isolated (any Actor)? = #isolation, _ body: (DICOMServer) async throws -> Result
    ) async throws -> Result {
        let folder = try ServerFolder(name: "dicom")
        defer { folder.remove() }
        try FileManager.default.createDirectory(at: folder.url.appendingPathComponent("store"), withIntermediateDirectories: false)
        if program == .storescp(tls: true) { _ = try await SelfSignedCertificate.make(in: folder, for: nil) }
        var started: ServerProcess?
        return try await ServerLife.with(
            "DICOM server", signal: SIGKILL,
            launch: { port in
                let process = try await launch(program, port: port, in: folder)
                started = process
                return process
            },
            isReady: { port in
                switch program {
                case .orthanc: started?.output.contains("Orthanc has started") == true
                // A release without an association is aborted; inside TLS nothing is said to it, and the connection ends.
                case .dcmqrscp, .storescp(tls: false): Loopback.exchange(port: port, request: Self.release) != nil
                case .storescp(tls: true): Loopback.exchange(port: port, request: TLSServer.emptyHello) != nil
                }
            },
            body: { port in
                guard let started else { throw TestServerError.notReady(program: "DICOM server", output: "") }
                return try await body(DICOMServer(host: Loopback.host, port: port, folder: folder, process: started))
            })
    }

    private static let release = "\u{5}\u{0}\u{0}\u{0}\u{0}\u{4}\u{0}\u{0}\u{0}\u{0}"

    private static func launch(_ program: Program, port: UInt16, in folder: ServerFolder) async throws -> ServerProcess {
        let store = folder.path("store")
        switch program {
        case .orthanc(let settings):
            let members =
                [
                    #""StorageDirectory": "\#(store)", "IndexDirectory": "\#(store)", "DicomPort": \#(port), "HttpServerEnabled": false"#,
                    #""DicomAet": "ORTHANC", "Plugins": []"#,
                ] + settings
            let file = try folder.write("{\(members.joined(separator: ", "))}", to: "orthanc.json")
            return try await ServerProcess.start("/usr/sbin/Orthanc", ["--verbose", file.path], in: folder)
        case .dcmqrscp:
            let file = try folder.write(
                """
                NetworkTCPPort = \(port)
                MaxPDUSize = 16384
                MaxAssociations = 4
                HostTable BEGIN
                HostTable END
                VendorTable BEGIN
                VendorTable END
                AETable BEGIN
                CLINIC \(store) RW (9, 1024mb) ANY
                AETable END

                """, to: "dcmqrscp.cfg")
            return try await ServerProcess.start("/usr/bin/dcmqrscp", ["-v", "-c", file.path], in: folder)
        case .storescp(let tls):
            let secure = tls ? ["+tls", folder.path("server.key"), folder.path("server.crt"), "-ic"] : []
            return try await ServerProcess.start("/usr/bin/storescp", ["-v", "-od", store] + secure + ["\(port)"], in: folder)
        }
    }
}
