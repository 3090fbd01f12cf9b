import Findings
import Testing

@Suite("Masking")
struct MaskTests {
    @Test(
        "a masked value can't be turned back into the person",
        arguments: [
            (Mask.name("张三丰"), "张**"), (Mask.name("李"), "李*"), (Mask.name("阿卜杜拉·买买提江"), "阿***"), (Mask.name(""), ""),
            (Mask.idCard("110101199003071233"), "110************"), (Mask.mobile("13812345678"), "138******78"), (Mask.mobile("138"), "***"),
            (Mask.email("a.b@example.org"), "a***@***"), (Mask.text("高血压三级"), "高**…(5)"),
            (Mask.address("203.0.113.77"), "203.0.113.*"), (Mask.address("2001:db8:1:2::7"), "2001:db8:1:*"),
            (Mask.address("2a00::7"), "2a00:0:0:*"), (Mask.address("::1"), "0:0:0:*"),
        ])
    func masks(masked: String, expected: String) {
        #expect(masked == expected)
    }

    @Test("a value too short to hide half of itself is hidden whole", arguments: ["a", "ab", "abcdefg"])
    func short(value: String) {
        #expect(Mask.middle(value, head: 3, tail: 2).allSatisfy { $0 == "*" })
    }
}
