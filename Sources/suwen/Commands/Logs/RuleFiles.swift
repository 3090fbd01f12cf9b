import AccessLogs
import Foundation
import Sigma

/// Sigma rules that somebody named.
enum RuleFiles {
    /// Nil when none are named. Rules that can't be used are named on standard error: nobody shall think that they were matched.
    static func load(_ urls: [URL]) throws -> RuleBook? {
        guard !urls.isEmpty else { return nil }
        let set: SigmaRuleSet
        do throws(SigmaRuleSet.Unreadable) {
            set = try SigmaRuleSet.load(urls.map(\.path))
        } catch {
            throw Failure.input("--rules \(error)")
        }
        guard !set.rules.isEmpty else {
            throw Failure.input("--rules \(urls.map(\.path).joined(separator: ", ")): no rule that can be used; see suwen rules check")
        }
        if !set.rejected.isEmpty {
            let text = "suwen: \(set.rejected.count) rule(s) can't be used and are left out; suwen rules check says why\n"
            FileHandle.standardError.write(Data(text.utf8))
        }
        return RuleBook(set)
    }
}
