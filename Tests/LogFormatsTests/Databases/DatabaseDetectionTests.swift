import LogFormats
import Testing

@Suite struct DatabaseDetectionTests {
    @Test(arguments: Fixture.names) func everyLineOfARealLogIsReadByItsFormat(name: String) throws {
        let log = try Fixture.read(name)
        #expect(log.unparsed == 0)
        #expect(log.events.count > 25)
        #expect(log.isSound)
        #expect(log.events.allSatisfy { $0.time > 1_795_642_000 && $0.time < 1_795_643_000 })
    }

    @Test(arguments: Fixture.names) func theFormatOfARealLogIsTold(name: String) throws {
        let lines = Fixture.lines(try Fixture.bytes(name)).prefix(FormatDetector.sampleLines)
        let joined = lines.flatMap { $0 }
        let guess = joined.withUnsafeBytes { bytes in
            var start = 0
            let parts = lines.map { line in
                defer { start += line.count }
                return UnsafeRawBufferPointer(rebasing: bytes[start..<(start + line.count)])
            }
            return FormatDetector.detect(parts, LogContext())
        }
        #expect(guess?.format.id == Fixture.formats[name])
    }

    @Test(arguments: Fixture.names) func noOtherDatabaseFormatReadsItsLines(name: String) throws {
        let lines = Fixture.lines(try Fixture.bytes(name))
        for format in DatabaseFormats.all where format.id != Fixture.formats[name] {
            let log = ReadLog(format, lines)
            #expect(log.events.count * 10 < lines.count, "\(format.id)")
        }
    }

    @Test func aDescriptionOfAPrefixIsAFormatAndNothingElseIs() {
        #expect(DatabaseFormats.custom("postgresql:%m [%p] ")?.id == "postgresql-stderr")
        #expect(DatabaseFormats.custom("postgresql") == nil)
        #expect(DatabaseFormats.custom("nginx:$remote_addr") == nil)
    }
}
