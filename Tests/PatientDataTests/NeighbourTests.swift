import Datastores
import PatientData
import Testing

@Suite("What the neighbours of a column say")
struct NeighbourTests {
    private typealias Field = (name: String, values: [String])

    private func kinds(_ table: String, _ fields: [Field], type: String = "varchar(64)", comment: String? = nil) -> [DataKind] {
        let columns = fields.map { Column(name: $0.name, type: type) }
        let tallies = fields.map { field in
            var batch = ColumnBatch()
            for value in field.values { batch.append(value.utf8) }
            var tally = ColumnTally()
            tally.add(batch)
            return tally
        }
        return ColumnClassifier().verdicts(on: Table(name: table, comment: comment, columns: columns), tallies: tallies, isComplete: false).map(
            \.kind)
    }

    private let builder = ColumnBuilder(seed: 11)

    @Test("beside an identity number, sexes, ethnic groups and marital status in words need no name")
    func enumerations() {
        var builder = builder
        let ids = builder.values(100) { $0.idCard() }
        let sexes = builder.values(100) { $0.pick(["男", "女"]) }
        let groups = builder.values(100) { $0.pick(["汉族", "回族", "壮族", "满族"]) }
        let states = builder.values(100) { $0.pick(["未婚", "已婚", "离异"]) }
        let letters = builder.values(100) { $0.pick(["M", "F"]) }
        let fields: [Field] = [("c1", ids), ("c2", sexes), ("c3", groups), ("c4", states), ("c5", letters)]
        #expect(kinds("t", fields) == [.idCard, .sex, .ethnicity, .maritalStatus, .none])
        #expect(kinds("t", Array(fields.dropFirst())) == [.none, .none, .none, .none])
    }

    @Test("in a table of persons a weak name is enough")
    func weakNames() {
        var builder = builder
        let companies = builder.values(60) { $0.pick(["安康", "华夏", "金诺"]) + $0.pick(["科技", "医药"]) + "有限公司\($0.below(9))分公司" }
        let dates = builder.values(60) { $0.date(from: 1960, to: 1995) }
        let ids = builder.values(60) { $0.idCard() }
        #expect(kinds("t", [("id_card", ids), ("company", companies), ("sr", dates)]) == [.idCard, .employer, .birthDate])
        #expect(kinds("suppliers", [("company", companies)]) == [.none])
    }

    @Test("in a catalogue a name, an address or a founding date is the thing's")
    func catalogues() {
        var builder = builder
        let names = builder.values(200) { $0.name() }
        let addresses = builder.values(60) { $0.address() }
        let dates = builder.values(60) { $0.date(from: 1930, to: 2000) }
        #expect(kinds("hospitals", [("name", names), ("address", addresses), ("c3", dates)]) == [.none, .none, .none])
        #expect(kinds("t1", [("c1", addresses)], comment: "药店目录") == [.address])
        #expect(kinds("patients", [("name", names), ("address", addresses)]) == [.name, .address])
        // A shop whose owner's number stands in it identifies a person.
        let ids = builder.values(60) { $0.idCard() }
        #expect(kinds("shops", [("owner_id_card", ids), ("address", addresses)]) == [.idCard, .address])
    }

    @Test("longitude and latitude stand side by side")
    func position() {
        var builder = builder
        let longitudes = builder.values(60) { "\(100 + $0.below(20)).\($0.digits(6))" }
        let latitudes = builder.values(60) { "\(20 + $0.below(20)).\($0.digits(6))" }
        #expect(kinds("visits", [("lng", longitudes), ("lat", latitudes)], type: "double precision") == [.geoLocation, .geoLocation])
        #expect(kinds("visits", [("c1", longitudes), ("c2", latitudes)], type: "double precision") == [.none, .none])
        #expect(kinds("shops", [("lng", longitudes), ("lat", latitudes)], type: "double precision") == [.none, .none])
    }

    @Test("a table without rows, or with fewer tallies than columns, is empty")
    func empty() {
        let table = Table(name: "t", columns: [Column(name: "id_card"), Column(name: "c2")])
        let verdicts = ColumnClassifier().verdicts(on: table, tallies: [ColumnTally()], isComplete: true)
        #expect(verdicts.map(\.kind) == [.idCard, .none] && verdicts.allSatisfy { $0.protection == .empty })
    }
}
