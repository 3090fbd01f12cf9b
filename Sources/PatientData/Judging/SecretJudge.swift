import Estate
import Findings

/// Finds credentials that are kept readably, or as digests that can be looked up.
struct SecretJudge {
    let store: Store

    /// Findings by check.
    func findings(in table: TableExamination) -> [CheckID: [Finding]] {
        var findings: [CheckID: [Finding]] = [:]
        for column in table.columns {
            guard let check = check(column.verdict) else { continue }
            findings[check, default: []].append(ColumnJudge(store: store).finding(check, column, of: table, beside: []))
        }
        return findings
    }

    private func check(_ verdict: ColumnVerdict) -> CheckID? {
        switch verdict.kind {
        case .password, .token:
            verdict.isInClear ? PatientDataInspector.secretCheck : isBareDigest(verdict) ? PatientDataInspector.weakHashCheck : nil
        case .passwordHash: isBareDigest(verdict) ? PatientDataInspector.weakHashCheck : nil
        default: nil
        }
    }

    /// Nothing but a digest, as MD5, SHA and SM3 give it. What a scheme of password hashing (bcrypt, argon2, scrypt, PBKDF2, crypt) writes begins with
    /// the scheme's name: of such values the verdict keeps samples, of bare digests it has none. Tokens are random: their digests can't be looked up.
    private func isBareDigest(_ verdict: ColumnVerdict) -> Bool {
        guard verdict.kind != .token, verdict.samples.isEmpty else { return false }
        switch verdict.protection {
        case .hashed: return true
        case .mixed(let shares): return shares.hashed > 0
        default: return false
        }
    }
}
