import Findings

/// NFS (RFC 7530). In version 4, walks from the root that the server shows to everybody down to the folders that it exports, as nobody, and lists one:
/// that needs both the export's rule and the folder's. A server with version 3 alone is only identified: there, proof would take a
/// mount, which the server notes down.
struct NFSProbe: Probe {
    static let service = Service.nfs
    static let speaksInsideTLS = false

    private static let deepest = 4
    private static let mostFolders = 16
    private static let mostWaiting = 64

    private enum State { case greeting, walking }

    private var state = State.greeting
    private var replies = SunRPC.Replies()
    private var call: UInt32 = 0x5377_0010
    /// The folder that was asked for, as names from the root, never shown.
    private var path: [[UInt8]] = []
    private var waiting: [[[UInt8]]] = []
    private var folders = 0
    private var root: NFSWire.FileSystem?
    private var exports: Set<NFSWire.FileSystem> = []
    private var readable = 0
    private var entries = 0
    private var refusal: String?
    private var denial: String?

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        // NULL: does anybody speak version 4?
        .send(SunRPC.call(call, SunRPC.Program.nfs, version: 4, procedure: 0))
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        replies.append(bytes)
        switch replies.next(call) {
        case .incomplete: return .needMore
        case .invalid: return .done(broken)
        case .reply(let reply): return state == .greeting ? greeted(reply) : answered(reply)
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(broken) }

    private var broken: ProbeResult {
        if readable > 0 { return verdict }
        return state == .greeting ? .other : reading(.unknown, Message("exposure.session-broken"))
    }

    private mutating func greeted(_ reply: SunRPC.Reply) -> ProbeAction {
        switch reply {
        case .success(let results):
            guard results.isEmpty else { return .done(.other) }
            state = .walking
            return ask([])
        case .versionMismatch(let low, let high):
            guard (2...3).contains(high), low >= 2 else { return .done(.other) }
            return .done(reading(.unknown, Message("exposure.nfs-version-3")))
        case .authenticationError(let code): return .done(turnedAway(code))
        case .programUnavailable, .otherError: return .done(.other)
        }
    }

    private mutating func answered(_ reply: SunRPC.Reply) -> ProbeAction {
        switch reply {
        case .success(let results):
            guard let answer = NFSWire.read(results, depth: path.count) else { return .done(broken) }
            note(answer)
        case .authenticationError(let code):
            if readable == 0, exports.isEmpty { return .done(turnedAway(code)) }
            note(.failed(status: 13))
        case .versionMismatch, .programUnavailable, .otherError: return .done(broken)
        }
        // One folder that anybody may list is proof; which others there are is the owner's to look up.
        guard readable == 0, !waiting.isEmpty, folders < Self.mostFolders else { return .done(verdict) }
        return ask(waiting.removeFirst())
    }

    private mutating func note(_ answer: NFSWire.Answer) {
        switch answer {
        case .listing(let fileSystem, let found):
            root = root ?? fileSystem
            // The root that leads to the exports holds nothing but folders, and is a file system of its own.
            let isExport = fileSystem != root || found.contains { $0.kind == .file && $0.fileSystem == fileSystem }
            if isExport {
                exports.insert(fileSystem)
                readable += 1
                entries = found.count
                return
            }
            guard path.count < Self.deepest else { return }
            for entry in found where waiting.count < Self.mostWaiting && entry.kind != .file {
                // Exports first: they lie in another file system than what leads to them.
                let isElsewhere = entry.fileSystem != fileSystem
                if isElsewhere { waiting.insert(path + [entry.name], at: 0) } else { waiting.append(path + [entry.name]) }
            }
        case .unreadable(let fileSystem, let status):
            root = root ?? fileSystem
            exports.insert(fileSystem)
            denial = Self.name(status)
        case .failed(let status):
            switch status {
            // NFS4ERR_WRONGSEC: another kind of security, which is Kerberos.
            case 10_016: refusal = refusal ?? "NFS4ERR_WRONGSEC"
            default: denial = denial ?? Self.name(status)
            }
        }
    }

    private var verdict: ProbeResult {
        if readable > 0 { return reading(.notRequired, Message("exposure.nfs-readable", ["entries": .count(entries)])) }
        if let refusal { return reading(.required, Message("exposure.refused", ["reply": .text(refusal)])) }
        // NFS knows a client by its address: that this one is turned away says nothing of the next.
        if let denial { return reading(.unknown, Message("exposure.nfs-denied", ["reply": .text(denial)])) }
        return reading(.unknown, Message("exposure.nfs-no-exports"))
    }

    /// `auth_stat` of RFC 5531, 9: AUTH_TOOWEAK asks for more than a name; others turn away the address.
    private func turnedAway(_ code: UInt64) -> ProbeResult {
        code == 5
            ? reading(.required, Message("exposure.refused", ["reply": "AUTH_TOOWEAK"]))
            : reading(.unknown, Message("exposure.nfs-denied", ["reply": .text("auth_stat \(code)")]))
    }

    private static func name(_ status: UInt64) -> String {
        switch status {
        case 1: "NFS4ERR_PERM"
        case 2: "NFS4ERR_NOENT"
        case 13: "NFS4ERR_ACCESS"
        case 10_021: "NFS4ERR_MINOR_VERS_MISMATCH"
        default: "nfsstat4 \(status)"
        }
    }

    private mutating func ask(_ folder: [[UInt8]]) -> ProbeAction {
        path = folder
        folders += 1
        call += 1
        return .send(
            SunRPC.call(call, SunRPC.Program.nfs, version: 4, procedure: 1, credential: .nobody, NFSWire.list(folder)))
    }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, evidence: [message]))
    }
}
