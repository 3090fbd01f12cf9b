package import Findings

extension IncidentKind {
    /// The check that an incident of this kind fails.
    package var check: CheckID {
        switch self {
        case .foreignAccess: AccessLogInspector.foreignCheck
        case .bulkDownload, .enumeration: AccessLogInspector.bulkCheck
        case .bruteForce, .bruteForceSuccess, .credentialStuffing, .passwordSpray: AccessLogInspector.credentialCheck
        case .injection, .traversal, .webShell, .scanner: AccessLogInspector.attackCheck
        case .adminAccess: AccessLogInspector.administrationCheck
        case .databaseDump, .directDatabase: AccessLogInspector.databaseCheck
        case .offHours, .dormantAccount, .impossibleTravel: AccessLogInspector.accountCheck
        case .logTampering: AccessLogInspector.tamperingCheck
        case .personalDataInLog: AccessLogInspector.personalDataCheck
        case .sigma: AccessLogInspector.ruleCheck
        }
    }

    /// Whether it may have come to nothing.
    var isAttempt: Bool {
        switch self {
        case .injection, .traversal, .webShell, .scanner, .credentialStuffing, .passwordSpray, .bruteForce: true
        default: false
        }
    }
}
