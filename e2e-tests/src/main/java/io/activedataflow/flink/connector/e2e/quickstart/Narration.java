/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.e2e.quickstart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is said before and after the table: what is going to happen, and what has happened. */
final class Narration {

    private final QuickStartSettings settings;
    private final List<Inlet> inlets;
    private final LiveView view;

    Narration(QuickStartSettings settings, List<Inlet> inlets, LiveView view) {
        this.settings = settings;
        this.inlets = inlets;
        this.view = view;
    }

    void opening() {
        view.say(
                "",
                "ActiveDataFlow quick start: from AMPS, Redis Streams and files through Apache"
                        + " Flink, exactly once",
                "",
                "What is going to happen, in about half a minute:");
        List<String> steps = new ArrayList<>();
        inlets.forEach(inlet -> steps.add(inlet.plan(number(settings.records()))));
        steps.add(
                "A Flink job reads them all, counts the orders per customer in its state, and"
                        + " commits\nthem to files; and what it cannot read to other files, as dead"
                        + " letters.");
        steps.add(
                inlets.stream()
                        .map(Inlet::plannedFault)
                        .collect(
                                Collectors.joining(
                                        ", ",
                                        "Four things break on purpose: the job crashes,\n",
                                        ".")));
        steps.add(
                "Every order and every dead letter is counted, where it was written and where it"
                        + " was\ncommitted: is one lost, is one there twice?");
        for (int i = 0; i < steps.size(); i++) {
            view.say("  " + (i + 1) + ". " + steps.get(i).replace("\n", "\n     "));
        }
        view.say("", "Starting the servers ...");
    }

    void started(long backlog) {
        view.say(
                number(backlog) + " orders are in each; the rest follows while the job runs.",
                "",
                labelled("Web UI of Flink", settings.webUi()));
        for (Inlet inlet : inlets) {
            inlet.addresses().forEach((label, address) -> view.say(labelled(label, address)));
        }
        view.say(labelled("Log file", relative(settings.logFile()).toString()));
    }

    /** What was counted. */
    void counted(List<Verdict> verdicts, List<DeadLetters> deadLetters) {
        view.say("", "Counted one by one:");
        for (int i = 0; i < verdicts.size(); i++) {
            Verdict verdict = verdicts.get(i);
            view.say(
                    "  " + verdict.source(),
                    count(verdict.in(), "orders are " + inlets.get(i).storedWhere()),
                    count(verdict.out(), "orders are in the files that the job has committed"),
                    count(
                            verdict.miscounted(),
                            "of them carry a wrong count from the state of Flink"));
        }
        deadLetters.forEach(this::show);
    }

    private void show(DeadLetters letters) {
        Verdict verdict = letters.verdict();
        view.say(
                "  " + verdict.source(),
                count(verdict.in(), "broken records are in the CSV and JSON Lines files"),
                count(verdict.out(), "dead letters are in the files that the job has committed"));
        view.say("", "Such as these dead letters, each with its file, line, error and text:");
        for (DeadLetter letter : letters.examples()) {
            view.say(
                    "  "
                            + relative(fileOf(letter))
                            + ", line "
                            + letter.line()
                            + ": "
                            + letter.error(),
                    "      " + letter.text());
        }
    }

    /** The last word, and what to do next. */
    void closing(List<Verdict> verdicts) {
        view.say("");
        verdicts.forEach(verdict -> view.say(String.format("%-14s %s", verdict.source(), verdict)));
        view.say(
                verdicts.stream().allMatch(Verdict::isExactlyOnce)
                        ? "Every order has come through exactly once, over a crash of the job, a"
                                + " failover, a kill and a lost directory;\nand every broken record"
                                + " has become one dead letter."
                        : "THIS IS NOT EXACTLY ONCE. Please report it, with the log file "
                                + relative(settings.logFile())
                                + '.',
                "",
                "What to look at next:",
                "  the job that has just run   QuickStartJob.java in e2e-tests",
                "  its sources                 AmpsOrderSource, RedisOrderSource and FileOrderSource",
                "  what it has committed       " + relative(settings.output()),
                "  your own job                README.md");
        if (!settings.keepRunning()) {
            view.say("  its web UI, which stays up  ./mvnw -Pquickstart -Dquickstart.keepRunning");
        }
        view.say("");
    }

    void stayingUp(String commandToAdd) {
        view.say(
                "Everything stays up until you press Ctrl-C.",
                "  Look at the job       " + settings.webUi(),
                "  Add an order by hand  " + commandToAdd,
                "");
    }

    private static Path fileOf(DeadLetter letter) {
        return Path.of(new org.apache.flink.core.fs.Path(letter.path()).toUri().getPath());
    }

    private static String labelled(String label, String value) {
        return String.format("  %-16s %s", label, value);
    }

    private static String count(long orders, String what) {
        return String.format(Locale.ROOT, "  %,11d %s", orders, what);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Short, if the file lies below the directory the build was started in. */
    private static Path relative(Path file) {
        Path here = Path.of(System.getProperty("user.dir"));
        Path root = here.endsWith("e2e-tests") ? here.getParent() : here;
        return file.startsWith(root) ? root.relativize(file) : file;
    }
}
