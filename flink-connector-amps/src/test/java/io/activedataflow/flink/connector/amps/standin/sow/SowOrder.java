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

package io.activedataflow.flink.connector.amps.standin.sow;

import io.activedataflow.flink.connector.amps.standin.filter.BodyField;
import io.activedataflow.flink.connector.amps.standin.filter.FilterSyntaxException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The order of the records of an answer: fields, each ascending or descending, by value or as text.
 * Immutable.
 */
public final class SowOrder implements Comparator<SowOrder.Ranked> {

    private static final String INVALID = "invalid orderby";

    private final List<Term> terms;

    private record Term(BodyField field, boolean descending, boolean asText) {}

    /** A record and the values of the fields it is ordered by. */
    public record Ranked(SowRecord row, List<Object> values) {}

    private SowOrder(List<Term> terms) {
        this.terms = terms;
    }

    /** Reads {@code /field [ASC|DESC] [TEXT], ...}. */
    public static SowOrder parse(String text) throws SowException {
        List<Term> terms = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            terms.add(term(part.strip().split("\\s+")));
        }
        return new SowOrder(List.copyOf(terms));
    }

    private static Term term(String[] words) throws SowException {
        int next = 1;
        boolean descending = false;
        if (next < words.length && isOneOf(words[next], "ASC", "DESC")) {
            descending = isOneOf(words[next++], "DESC");
        }
        boolean asText = next < words.length && isOneOf(words[next], "TEXT");
        next += asText ? 1 : 0;
        if (next != words.length) {
            throw new SowException(INVALID);
        }
        try {
            return new Term(BodyField.parse(words[0]), descending, asText);
        } catch (FilterSyntaxException e) {
            throw new SowException(INVALID);
        }
    }

    private static boolean isOneOf(String word, String... words) {
        return List.of(words).contains(word.toUpperCase(Locale.ROOT));
    }

    /** What it is compared by. */
    public Ranked rank(String messageType, SowRecord row) {
        List<Object> values = new ArrayList<>(terms.size());
        for (Term term : terms) {
            values.add(term.field().value(messageType, row.body()));
        }
        return new Ranked(row, values);
    }

    /** The records in this order; those that are equal in it stay as they are. */
    public List<SowRecord> sorted(String messageType, List<SowRecord> rows) {
        return rows.stream()
                .map(row -> rank(messageType, row))
                .sorted(this)
                .map(Ranked::row)
                .toList();
    }

    @Override
    public int compare(Ranked left, Ranked right) {
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            int result =
                    BodyField.compare(left.values().get(i), right.values().get(i), term.asText());
            if (result != 0) {
                return term.descending() ? -result : result;
            }
        }
        return 0;
    }
}
