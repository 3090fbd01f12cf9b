/// Microseconds since 1970, UTC; its parts are those of China Standard Time, which knows no summer time.
typealias Moment = Int64

let second: Moment = 1_000_000
let minute: Moment = 60 * second
let hour: Moment = 60 * minute
let day: Moment = 24 * hour

struct CivilParts {
    var year: Int
    var month: Int
    var day: Int
    var hour: Int
    var minute: Int
    var second: Int
    var microsecond: Int

    /// In China Standard Time. Days to dates as in Howard Hinnant's "chrono-compatible low-level date algorithms".
    @inline(__always)
    init(_ moment: Moment) {
        let local = Int(moment) + 8 * 3_600 * 1_000_000
        microsecond = local % 1_000_000
        let seconds = local / 1_000_000
        let days = seconds / 86_400
        let rest = seconds % 86_400
        hour = rest / 3_600
        minute = rest / 60 % 60
        second = rest % 60
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}

/// Midnight of a date, China Standard Time.
func midnight(_ year: Int, _ month: Int, _ date: Int) -> Moment {
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + date - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Moment(era * 146_097 + dayOfEra - 719_468) * day - 8 * hour
}

/// 0 is Monday, China Standard Time.
func weekday(_ moment: Moment) -> Int { Int((moment + 8 * hour) / day + 3) % 7 }

/// Since midnight, China Standard Time.
func timeOfDay(_ moment: Moment) -> Moment { (moment + 8 * hour) % day }
