import ReferenceData
import Testing

@Suite struct CodeTableTests {
    @Test(
        "area codes have three digits in the largest cities, four elsewhere",
        arguments: [("01062345678", 3), ("02162345678", 3), ("07558234567", 4), ("05516234567", 4), ("089888888888", 4)])
    func areaCode(number: String, length: Int) { #expect(AreaCodes.length(in: Array(number.utf8)) == length) }

    @Test("no area code", arguments: ["13800138000", "02662345678", "01", "", "09a", "00862345678", "01162345678", "0400123456"])
    func noAreaCode(number: String) { #expect(AreaCodes.length(in: Array(number.utf8)) == nil) }

    @Test("there are 56 ethnic groups, each once")
    func ethnicGroups() {
        #expect(EthnicGroups.names.count == 56 && Set(EthnicGroups.names).count == 56)
        #expect(EthnicGroups.names.first == "汉" && EthnicGroups.names.last == "基诺")
    }

    @Test("a unified social credit code is checked by MOD 31-3, authority and region")
    func creditCode() throws {
        let stem = Array("91440300708461136".utf8)
        let check = try #require(UnifiedSocialCreditCode.checkCharacter(of: stem))
        #expect(UnifiedSocialCreditCode.isValid(stem + [check]))
        for other in "0123456789ABCDEFGHJKLMNPQRTUWXY".utf8 where other != check { #expect(!UnifiedSocialCreditCode.isValid(stem + [other])) }
        // Every single slip of the pen in the digits is found.
        for index in 9..<17 {
            var wrong = stem
            wrong[index] = wrong[index] == 0x39 ? 0x30 : wrong[index] + 1
            #expect(!UnifiedSocialCreditCode.isValid(wrong + [check]))
        }
        for wrong in ["01440300708461136", "91999900708461136", "9144030070846113O"] {
            let stem = Array(wrong.utf8)
            #expect(!UnifiedSocialCreditCode.isValid(stem + [UnifiedSocialCreditCode.checkCharacter(of: stem) ?? 0x30]))
        }
        #expect(UnifiedSocialCreditCode.checkCharacter(of: Array("9144".utf8)) == nil)
    }

    @Test("rare family names are none of the common ones")
    func rareSurnames() {
        #expect(Surnames.rare.count > 80)
        #expect(Set(Surnames.rare).isDisjoint(with: Surnames.single.map(\.name)))
        #expect(Set(Surnames.rare).count == Surnames.rare.count)
    }
}
