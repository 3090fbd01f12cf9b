import Foundation
import PatientData
import Testing

@Suite struct FreeTextScannerTests {
    private let scanner = FreeTextScanner()

    /// `kind:text` of each span.
    private func found(_ text: String) -> [String] {
        let scalars = Array(text.unicodeScalars)
        return scanner.spans(in: text).map { span in
            var part = String.UnicodeScalarView()
            part.append(contentsOf: scalars[span.start..<span.end])
            return "\(span.kind.rawValue):\(String(part))"
        }
    }

    @Test(arguments: [
        ("电话１３８－０５７１－６６２３，急", "mobile:１３８－０５７１－６６２３"),
        ("电话:138\u{200B}0571\u{200B}6623。", "mobile:138\u{200B}0571\u{200B}6623"),
        ("😀我的号+86 138 0571 6623", "mobile:+86 138 0571 6623"),
        ("手机幺三八零五七一六六二三", "mobile:幺三八零五七一六六二三"),
        ("邮箱 a.b@example.com，", "email:a.b@example.com"),
        ("住在浙江省杭州市西湖区文三路478号3幢402室，", "address:浙江省杭州市西湖区文三路478号3幢402室"),
        ("身份证11010519491231002X。", "idCard:11010519491231002X"),
    ])
    func surfaceFormsKeepTheirPlaceInTheText(text: String, expected: String) {
        #expect(found(text) == [expected])
    }

    @Test(arguments: [
        "流水号20240611103342000187652", "编号110105194912310021", "订单13805716623999", "单号：13805716623", "收费1382.50元，余额12830.55元", "版本号2.10.3.1",
        "报告编号6222021234567890123", "常头晕，健康检查，黄疸，石膏固定", "白细胞12.3，周围组织肿胀", "温度适宜，方便时来院",
    ])
    func numbersAndWordsThatOnlyLookLikeItAreNotAPersons(text: String) {
        let persons = scanner.spans(in: text).filter { !$0.kind.isHealthWord }
        #expect(persons.isEmpty, "\(text): \(persons)")
    }

    @Test func spansAreOrderedAndDoNotOverlap() throws {
        for document in try Corpus.Part.allCases.flatMap({ try Corpus.load($0).documents }) {
            let spans = scanner.spans(in: document.text)
            let count = document.text.unicodeScalars.count
            #expect(spans.allSatisfy { $0.start < $0.end && $0.end <= count && (0...1).contains($0.confidence) })
            #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.end <= $1.start })
        }
    }

    @Test func wordsOfTheUsersAreFoundAndWhatIsNobodysNameIsLeftOut() {
        let text = "姓名：马建成，服用素问灵丹"
        #expect(scanner.spans(in: text).map(\.kind) == [.name])
        let own = FreeTextScanner(adding: [.drug: ["素问灵丹"], .none: ["马建成"], .mobile: ["通知"]])
        #expect(own.spans(in: text).map(\.kind) == [.drug])
    }

    @Test func theSummaryCountsWhatTheSpansAre() {
        let text = "患者王秀兰，电话13805716623；家属刘芳，电话13905716624"
        var copy = text
        let summary = copy.withUTF8 { scanner.summary(of: $0) }
        #expect(summary == [.name: 2, .mobile: 2])
    }

    @Test func bytesThatAreNotUTF8CountOneScalarEachAndHideNothing() {
        var bytes: [UInt8] = [0xFF, 0xE4, 0xBD, 0xC0, 0x80, 0xED, 0xA0, 0x80]
        bytes += Array("，电话13805716623".utf8)
        bytes += [0xF0, 0x9F]
        let spans = bytes.withUnsafeBufferPointer { scanner.spans(in: $0) }
        #expect(spans.map(\.kind) == [.mobile])
        #expect(spans.first?.start == 8 + 3)
        #expect(spans.first?.end == 8 + 3 + 11)
    }

    @Test func anyBytesAreScanned() {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for length in [0, 1, 2, 3, 31, 257, 70_000] {
            for round in 0..<8 {
                let bytes = (0..<length).map { _ -> UInt8 in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    // Some rounds are rich in digits, letters, at signs and leading bytes of Chinese.
                    let byte = UInt8(truncatingIfNeeded: state >> 33)
                    return round.isMultiple(of: 2) ? byte : [0x31, 0x40, 0x2E, 0x41, 0xE7, 0x8E, 0x8B, 0x30][Int(byte & 7)]
                }
                let spans = bytes.withUnsafeBufferPointer { scanner.spans(in: $0) }
                #expect(spans.allSatisfy { $0.start < $0.end && $0.end <= length })
            }
        }
    }

    /// Each would take hours if any part looked back over all that came before.
    @Test(arguments: ["1", "王", "@", "a@", "一", "号", "路", "京A1", "头孢", "·", "买·", "住1号", "左", "片", "1 ", "炎", "\u{200B}"])
    func aLongLineOfOneThingTakesNoLongerThanAnyOther(unit: String) {
        let text = String(repeating: unit, count: 2_000_000 / unit.utf8.count)
        let spans = scanner.spans(in: text)
        #expect(spans.allSatisfy { $0.start < $0.end })
    }

    @Test func spansBeyondTheFirstWindowKeepTheirOffsets() {
        let filler = String(repeating: "今天天气很好。\u{200B}", count: 10_000)
        let text = filler + "患者姓名：陈建国"
        let last = scanner.spans(in: text).last
        #expect(last?.kind == .name)
        #expect(last?.end == text.unicodeScalars.count)
        #expect(last?.start == text.unicodeScalars.count - 3)
    }
}

extension DataKind {
    /// What medical prose is full of.
    fileprivate var isHealthWord: Bool { [.diagnosis, .symptom, .drug, .surgery, .allergy].contains(self) }
}
