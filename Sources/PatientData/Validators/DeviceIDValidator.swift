import ReferenceData

/// Identifiers of devices: IMEI (3GPP TS 23.003: fifteen digits with Luhn's check digit, the reporting body's digits first); Android's sixteen
/// hexadecimal digits, which only a column's name makes one. IDFA and OAID look like UUIDs and digests.
enum DeviceIDValidator {
    enum Form: Hashable, Sendable {
        case imei
        case shape
    }

    /// 01 PTCRB, 35 BABT, 86 TAF, 91 MSAI, 99 for CDMA too.
    private static let reportingBodies: Set<UInt8> = [1, 35, 86, 91, 99]

    static func form(_ run: IdentifierRun) -> Form? {
        switch run.count {
        case 15:
            guard run.digits == 15, reportingBodies.contains((run.characters[0] - 0x30) * 10 + (run.characters[1] - 0x30)) else { return nil }
            return Luhn.isValid(run.characters) ? .imei : nil
        case 14...16:
            return run.characters.allSatisfy { $0 <= 0x46 } && run.digits < run.count ? .shape : nil
        default: return nil
        }
    }
}
