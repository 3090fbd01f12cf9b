/// What one HTTP request tries.
package struct AttackSigns: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let sqlInjection = AttackSigns(rawValue: 1 << 0)
    /// Out of the folder, or straight to a file of the system.
    package static let traversal = AttackSigns(rawValue: 1 << 1)
    package static let templateInjection = AttackSigns(rawValue: 1 << 2)
    /// Objects and expressions that the server's language runs: Java, .NET, PHP and Python objects, JNDI look-ups, OGNL, SpEL, class loaders.
    package static let deserialisation = AttackSigns(rawValue: 1 << 3)
    /// Commands of the operating system, or code of the server's language.
    package static let commandInjection = AttackSigns(rawValue: 1 << 4)
    package static let crossSiteScripting = AttackSigns(rawValue: 1 << 5)
    /// Files or addresses that the server is to include or fetch: stream wrappers, code from elsewhere, external entities, a cloud's metadata.
    package static let fileInclusion = AttackSigns(rawValue: 1 << 6)
    /// A web shell is used, looked for, or put there.
    package static let webShell = AttackSigns(rawValue: 1 << 7)
    /// A scanner or an attack tool names itself.
    package static let scannerTool = AttackSigns(rawValue: 1 << 8)
    /// Asks for what is no part of a site, but often forgotten there: settings, repositories, backups, heap dumps.
    package static let probePath = AttackSigns(rawValue: 1 << 9)
    /// Asks for a console of administrators. Ordinary for administrators; who and from where makes it one or the other.
    package static let adminInterface = AttackSigns(rawValue: 1 << 10)

    package static let injections: AttackSigns = [
        .sqlInjection, .templateInjection, .deserialisation, .commandInjection, .crossSiteScripting, .fileInclusion,
    ]

    /// Signs that are an attack by themselves, whoever shows them.
    package static let attacks: AttackSigns = [.injections, .traversal, .webShell]

    /// Each sign alone, in the order of their bits.
    package static let all: [AttackSigns] = (0..<11).map { AttackSigns(rawValue: 1 << $0) }

    package var each: [AttackSigns] { Self.all.filter(contains) }

    /// Of a lone sign: never changes, and is the key of its name in the wording (`attack.sql-injection`).
    package var name: String {
        switch self {
        case .sqlInjection: "sql-injection"
        case .traversal: "traversal"
        case .templateInjection: "template-injection"
        case .deserialisation: "deserialisation"
        case .commandInjection: "command-injection"
        case .crossSiteScripting: "cross-site-scripting"
        case .fileInclusion: "file-inclusion"
        case .webShell: "web-shell"
        case .scannerTool: "scanner-tool"
        case .probePath: "probe-path"
        case .adminInterface: "admin-interface"
        default: "several"
        }
    }

    /// MITRE ATT&CK (Enterprise) techniques of all its signs, without repeats.
    package var techniques: [String] {
        var techniques: [String] = []
        for sign in each { techniques += sign.ownTechniques.filter { !techniques.contains($0) } }
        return techniques
    }

    private var ownTechniques: [String] {
        switch self {
        // Exploit Public-Facing Application.
        case .sqlInjection, .templateInjection, .deserialisation, .fileInclusion: ["T1190"]
        // … and Command and Scripting Interpreter.
        case .commandInjection: ["T1190", "T1059"]
        // Drive-by Compromise: the script runs in other visitors' browsers.
        case .crossSiteScripting: ["T1189"]
        // … and File and Directory Discovery.
        case .traversal: ["T1190", "T1083"]
        // Server Software Component: Web Shell.
        case .webShell: ["T1505.003"]
        // Active Scanning: Vulnerability Scanning; Wordlist Scanning.
        case .scannerTool: ["T1595.002"]
        case .probePath: ["T1595.003"]
        // External Remote Services is for logins; a look at a console is Active Scanning for as long as nobody is let in.
        case .adminInterface: ["T1595.003"]
        default: []
        }
    }
}
