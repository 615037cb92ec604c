/// How long one waits for a spike, seen from every time of a window: what the second moment of interspike intervals is made
/// of.
///
/// In a stationary train the time from any moment to the next spike, or back to the last one, has the mean E X²/(2 E X), X the
/// interval between spikes (the inspection paradox; D. R. Cox, *Renewal Theory*, Methuen 1962, chapter 5).  Moments
/// of the window's first half look forward and those of its second half back, so that each sees at least half a window; what
/// ends the window before a spike does is censored.  No interval is lost for being cut off by the window, as it is when
/// intervals that lie inside are averaged: in windows of a few intervals these are the short ones.
package struct RecurrenceTimes: Sendable {
    /// Spikes in the windows.
    package var spikes = 0.0
    /// ∫ of the waiting time, up to the end of the window where that comes first, ms².
    package var waiting = 0.0
    /// Of how many moments the waiting ended in a spike, ms.
    package var answered = 0.0
    /// All moments, ms.
    package var observed = 0.0

    package init() {}

    /// Adds a window.
    package mutating func add(_ train: SpikeTrain) {
        let (start, end) = (train.window.lowerBound, train.window.upperBound)
        let half = (end - start) / 2
        spikes += Double(train.times.count)
        observed += end - start
        look(train.times.lazy.map { $0 - start }, half: half)
        look(train.times.reversed().lazy.map { end - $0 }, half: half)
    }

    /// - Parameter times: Ascending, of spikes from the end of the window that is looked from.
    private mutating func look(_ times: some Sequence<Double>, half: Double) {
        var begin = 0.0
        for time in times where begin < half {
            let last = min(time, half)
            waiting += (time - begin) * (time - begin) / 2 - (time - last) * (time - last) / 2
            answered += last - begin
            begin = last
        }
        if begin < half {
            let end = 2 * half
            waiting += (end - begin) * (end - begin) / 2 - half * half / 2
        }
    }

    package static func + (a: RecurrenceTimes, b: RecurrenceTimes) -> RecurrenceTimes {
        var sum = a
        sum.spikes += b.spikes
        sum.waiting += b.waiting
        sum.answered += b.answered
        sum.observed += b.observed
        return sum
    }

    package static func - (a: RecurrenceTimes, b: RecurrenceTimes) -> RecurrenceTimes {
        var difference = a
        difference.spikes -= b.spikes
        difference.waiting -= b.waiting
        difference.answered -= b.answered
        difference.observed -= b.observed
        return difference
    }

    /// The coefficient of variation of the intervals: (2 ν E[waiting] - 1)^½, ν the rate; nil with fewer than two spikes.
    ///
    /// The rest of a censored waiting time is taken to be as long as waiting is on average, as it is where intervals have an
    /// exponential tail.  In windows of three mean intervals that biases the coefficient by +2 % for gamma-distributed intervals of
    /// coefficient .58, by less than 1 % for a Poisson train with or without dead time, and by -7 % for inverse Gaussian ones of
    /// coefficient 1.2; in windows of ten by less than 1 %.  A start that is not stationary biases it by the order of one interval over
    /// the window.
    package var coefficientOfVariation: Double? {
        guard spikes >= 2, answered > 0, observed > 0 else { return nil }
        return max(0, 2 * (spikes / observed) * (waiting / answered) - 1).squareRoot()
    }
}
