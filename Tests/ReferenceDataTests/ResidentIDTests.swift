import ReferenceData
import Testing

@Suite struct ResidentIDTests {
    @Test("reads a valid number", arguments: ["11010519491231002X", "11010519491231002x", "440308199901101512"])
    func valid(_ text: String) throws {
        let id = try #require(ResidentID(text.utf8))
        #expect(id.form == .current)
    }

    @Test("gives region, birth and sex")
    func parts() throws {
        let id = try #require(ResidentID("11010519491231002X".utf8))
        #expect(id.region == 110105)
        #expect(id.birth == CivilDate(year: 1949, month: 12, day: 31))
        #expect(id.sex == .female)
    }

    @Test(
        "refuses what is no number",
        arguments: [
            "", "11010519491231002", "110105194912310021", "11010519491331002X", "11010519490230002X", "01010519491231002X", "11010519491231002Y",
            "1101051949123100X2", "１１010519491231002X", "11010519491231002X0", "999999199001010016", "110105 9491231002X", "110105194912310029",
        ])
    func invalid(_ text: String) {
        #expect(ResidentID(text.utf8) == nil)
    }

    @Test("every single changed digit is noticed")
    func singleErrors() {
        let number = Array("11010519491231002X".utf8)
        for position in 0..<17 {
            for digit in UInt8(0x30)...0x39 where digit != number[position] {
                var changed = number
                changed[position] = digit
                #expect(ResidentID(changed) == nil)
            }
        }
    }

    @Test("reads the former 15 digits and converts them")
    func former() throws {
        let id = try #require(ResidentID("110105491231002".utf8))
        #expect(id.form == .former)
        #expect(id.birth.year == 1949)
        #expect(ResidentID.converted("110105491231002".utf8) == Array("11010519491231002X".utf8))
        #expect(ResidentID.converted("110105491331002".utf8) == nil)
        #expect(ResidentID.converted("11010519491231002X".utf8) == nil)
    }

    @Test("the prefixes of residence permits are known", arguments: [810_000, 820_000, 830_000] as [UInt32])
    func permits(_ code: UInt32) {
        #expect(AdministrativeDivision.isCode(code))
    }

    @Test("any bytes are answered without a trap")
    func arbitraryBytes() {
        for length in 0...40 {
            for byte in UInt8.min...UInt8.max {
                #expect(ResidentID([UInt8](repeating: byte, count: length)) == nil)
            }
        }
        #expect(ResidentID.checkCharacter(of: [UInt8](repeating: 0xFF, count: 17)) == nil)
        #expect(ResidentID.checkCharacter(of: [UInt8](repeating: 0x39, count: 18)) == nil)
    }
}

@Suite struct CivilDateTests {
    @Test("days and dates convert both ways")
    func roundTrip() throws {
        for days in stride(from: -200_000, through: 200_000, by: 1) {
            let date = CivilDate(daysSince1970: days)
            #expect(date.daysSince1970 == days)
            #expect(CivilDate(year: date.year, month: date.month, day: date.day) == date)
        }
        #expect(CivilDate(daysSince1970: 0) == CivilDate(year: 1970, month: 1, day: 1))
        #expect(CivilDate(daysSince1970: .max).year == 9999)
        #expect(CivilDate(daysSince1970: .min).year == 1)
    }

    @Test("a birthday counts from its own day")
    func age() throws {
        let birth = try #require(CivilDate(year: 2000, month: 2, day: 29))
        #expect(birth.age(on: try #require(CivilDate(year: 2018, month: 2, day: 28))) == 17)
        #expect(birth.age(on: try #require(CivilDate(year: 2018, month: 3, day: 1))) == 18)
    }

    @Test("there is no such day", arguments: [(2023, 2, 29), (1900, 2, 29), (2024, 4, 31), (2024, 0, 1), (2024, 13, 1), (2024, 1, 0), (0, 1, 1)])
    func impossible(_ year: Int, _ month: Int, _ day: Int) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }
}
