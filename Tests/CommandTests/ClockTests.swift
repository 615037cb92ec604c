import ConvergenceStudies
import Foundation
import Testing

extension CommandLineTests {
    @Suite("A clock that jumps back", .enabled(if: Tool.find("cc") != nil, "needs a C compiler"))
    struct ClockTests {
        /// Every look at the time of day finds it an hour earlier than the one before.
        static let shim = """
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <stddef.h>
            #include <sys/time.h>
            #include <time.h>

            static long looks;
            static long back(void) { return 3600 * __sync_add_and_fetch(&looks, 1); }

            int clock_gettime(clockid_t clock, struct timespec *t)
            {
                int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
                int code = real(clock, t);
                if (clock == CLOCK_REALTIME) t->tv_sec -= back();
                return code;
            }

            int gettimeofday(struct timeval *t, void *zone)
            {
                int (*real)(struct timeval *, void *) = dlsym(RTLD_NEXT, "gettimeofday");
                int code = real(t, zone);
                t->tv_sec -= back();
                return code;
            }

            time_t time(time_t *t)
            {
                struct timeval now;
                gettimeofday(&now, NULL);
                if (t) *t = now.tv_sec;
                return now.tv_sec;
            }
            """

        @Test("changes no result, neither in a run nor in one that goes on from a part")
        func backwards() async throws {
            let scratch = try Scratch()
            let source = try scratch.file("shim.c", Self.shim)
            let library = scratch.path + "/shim.so"
            let built = try await Tool.shell("cc -shared -fPIC -O2 -o '\(library)' '\(source)' -ldl")
            #expect(built.code == 0, "\(built.errors)")
            let preload = "LD_PRELOAD='\(library)'"
            let dated = try await Tool.shell("\(preload) date +%s")
            let seen = try #require(Double(dated.output.trimmingCharacters(in: .whitespacesAndNewlines)))
            #expect(seen < Date.now.timeIntervalSince1970 - 3000, "the clock is turned back")

            let file = try scratch.file("s.yaml", SmallStudy.longer)
            #expect(try await Tool.run("run", file, "--out", scratch.path + "/whole").code == 0)
            let out = scratch.path + "/back"
            let run = "\(preload) $tool run '\(file)' --out '\(out)'"
            let first = try await Tool.shell(run)
            #expect(first.code == 0, "\(first.errors)")
            try SmallStudy.expectSame(out + "/small", as: scratch.path + "/whole/small")
            let again = try await Tool.shell(run + " --resume")
            #expect(again.code == 0, "\(again.errors)")
            try SmallStudy.expectSame(out + "/small", as: scratch.path + "/whole/small")
            let result = URL(fileURLWithPath: out + "/small/result.json")
            let seconds = try JSONDecoder().decode(StudyResult.self, from: Data(contentsOf: result)).header
                .time.seconds
            #expect((0..<3000).contains(seconds), "durations come from a clock that only goes forward")
        }
    }
}
