import Exposure
import Testing

@Suite("Comparing versions")
struct SoftwareVersionTests {
    /// Each list in rising order; the first is the example of SemVer 2.0, item 11.
    static let chains = [
        [
            "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.1",
            "2",
        ],
        ["9.1p1", "9.2", "9.2p1", "9.2p2", "9.3", "9.3p1", "9.10p1", "10.0p1"],
        ["1.0.1u", "1.0.2", "1.0.2a", "1.0.2k", "1.0.2u", "1.1.0"],
        ["9.0.0.M1", "9.0.0.M11", "9.0.0.RC1", "9.0.0", "9.0.1"],
        ["11.0.0-M1", "11.0.0-M2", "11.0.0-M10", "11.0.0"],
        ["7.2-rc1", "7.2-rc2", "7.2-rc10", "7.2.0", "7.2.4"],
        ["3.0a1", "3.0b2", "3.0rc1", "3.0"],
        ["9.6", "10", "10.23", "15.6"],
    ]

    @Test("versions are in the order of their making", arguments: chains)
    func order(_ texts: [String]) throws {
        let versions = try texts.map { try #require(SoftwareVersion($0), "\($0)") }
        for (left, right) in zip(versions, versions.dropFirst()) {
            #expect(left < right)
            #expect(!(right < left))
            #expect(left != right)
        }
    }

    @Test(
        "spellings of one version are one",
        arguments: [
            ("15", "15.0.0"), ("v1.2.3", "1.2.3"), ("1.2.3+build.5", "1.2.3"), ("4.0.0.Final", "4.0.0"), ("2.0.0.RELEASE", "2.0"),
            ("1.0-RC1", "1.0-rc.1"),
        ])
    func equal(_ left: String, _ right: String) { #expect(SoftwareVersion(left) == SoftwareVersion(right) && SoftwareVersion(left) != nil) }

    @Test(
        "what isn't understood to its last character is no version",
        arguments: [
            "", "v", ".", "1.", "1..2", ".1", "latest", "1.2.x", "1.2-1", "8.0.36-28", "8.0.11-TiDB-v7.5.1", "RELEASE.2024-01-16T16-07-38Z", "1:9.2",
            "9.2pp",
            "1.2+", "1.2+a~b", "1.2.3-", "1.2 3", "1.2.3.4.5.6.7.8.9", "99999999999999999999", "1.2.3é", "１.２",
            String(repeating: "1.", count: 40) + "1",
        ])
    func refused(_ text: String) { #expect(SoftwareVersion(text) == nil) }

    @Test(
        "a distribution's build is told from the maker's release",
        arguments: [
            ("openssh", "9.2p1", false), ("openssh", "9.2p1-Debian-2+deb12u3", true), ("openssh", "9.2p1 Debian-2+deb12u3", true),
            ("openssh", "1:9.2p1-2+deb12u10", true), ("openssh", "8.0p1-19.el8_9", true), ("openssh", "8.9p1 Ubuntu-3ubuntu0.6", true),
            ("tomcat", "5.9.3+dfsg", true), ("nginx", "1.26.1-r0", true), ("redis", "7.0.15-1~deb12u1", true),
            ("mysql", "8.0.36-0ubuntu0.22.04.1", true),
            ("mysql", "8.0.36", false), ("mysql", "5.7.44-log", false), ("mariadb", "10.11.6-MariaDB", false),
            ("mariadb", "5.5.5-10.11.6-MariaDB-log", false),
            ("mariadb", "5.5.5-10.11.6-MariaDB-0+deb12u1", true), ("mariadb", "11.4.2-MariaDB-ubu2404", false),
            ("mariadb", "11.2.2-MariaDB-1:11.2.2+maria~ubu2204", false), ("consul", "1.17.0+ent", false), ("kafka", "3.7.0", false),
            ("openssh", "8.2p1-ky10", true), ("redis", "6.2.7-oe2203", true),
        ])
    func distributions(_ product: String, _ text: String, _ packaged: Bool) {
        switch ToldVersion(text, product: product) {
        case .release: #expect(!packaged)
        case .distribution: #expect(packaged)
        case .unclear: Issue.record("\(text) was not understood")
        }
    }

    @Test("a fork's or a vendor's version is nobody else's", arguments: ["8.0.11-TiDB-v7.5.1", "5.7.25-OceanBase_CE-v4.2.1.0", "latest"])
    func unclear(_ text: String) { #expect(ToldVersion(text, product: "mysql") == .unclear) }

    @Test(
        "scores are those that FIRST publishes",
        arguments: [
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8), ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0),
            ("CVSS:3.0/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 7.8), ("CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0), ("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N", 5.9),
            ("AV:N/AC:L/Au:N/C:C/I:C/A:C", 10.0), ("AV:N/AC:L/Au:N/C:P/I:P/A:P", 7.5), ("AV:N/AC:M/Au:N/C:N/I:P/A:N", 4.3),
        ])
    func scores(_ vector: String, _ score: Double) throws { #expect(abs(try #require(BaseScore.of(vector)) - score) < 0.001) }

    @Test(
        "a vector that is incomplete or not known has no score",
        arguments: [
            "", "CVSS:3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H", "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "CVSS:3.1/AV:N/AV:N",
            "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", "9.8",
        ])
    func noScore(_ vector: String) { #expect(BaseScore.of(vector) == nil) }
}
