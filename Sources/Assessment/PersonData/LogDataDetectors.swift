package import AccessLogs
import PatientData

/// Joins the validators of patient data to the reader of logs.
package struct LogDataDetectors: PersonalDataDetector {
    package init() {}

    package func confirms(_ kind: LeakedKind, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
        switch kind {
        case .idCard: ValueProbe.confirms(.idCard, value)
        case .mobile: ValueProbe.confirms(.mobile, value)
        case .bankCard: ValueProbe.confirms(.bankCard, value)
        case .name: ValueProbe.confirms(.name, value)
        case .password, .token, .session: false
        }
    }
}
