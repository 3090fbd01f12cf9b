import ReferenceData

/// Unified social credit codes (GB 32100-2015): see ``UnifiedSocialCreditCode``.
enum UnifiedSocialCreditCodeValidator {
    static func matches(_ run: IdentifierRun) -> Bool { run.count == 18 && UnifiedSocialCreditCode.isValid(run.characters) }
}
