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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has become of the broken records.
 *
 * @param verdict on whether each has become a dead letter, with its file, line and text
 * @param examples a dead letter of each kind
 */
record DeadLetters(Verdict verdict, List<DeadLetter> examples) {

    static final String NAME = "dead-letters";

    /** Reads all committed files. */
    static DeadLetters read(Path directory, Tally<BrokenRecord> written) {
        Tally<BrokenRecord> committed = new Tally<>();
        List<DeadLetter> letters = committedIn(directory);
        letters.forEach(letter -> committed.add(letter.broken()));
        return new DeadLetters(Verdict.of(NAME, written, committed), oneOfEachKind(letters));
    }

    private static List<DeadLetter> committedIn(Path directory) {
        List<DeadLetter> letters = new ArrayList<>();
        try {
            for (Path file : CommittedOrders.committedFiles(directory)) {
                Files.readAllLines(file).forEach(line -> letters.add(DeadLetter.parse(line)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return letters;
    }

    private static List<DeadLetter> oneOfEachKind(List<DeadLetter> letters) {
        Map<String, DeadLetter> kinds = new LinkedHashMap<>();
        letters.stream()
                .sorted(Comparator.comparing(DeadLetter::path).thenComparing(DeadLetter::line))
                .forEach(letter -> kinds.putIfAbsent(letter.error(), letter));
        return List.copyOf(kinds.values());
    }
}
