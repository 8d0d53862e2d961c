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

package io.activedataflow.flink.connector.amps.standin.filter;

import java.util.List;

/**
 * A part of the text of a filter.
 *
 * @param text as it is written; for a {@link Kind#TEXT} what it stands for
 * @param steps of a {@link Kind#FIELD}, otherwise empty
 * @param position of its first character
 */
record Token(Kind kind, String text, List<FieldPath.Step> steps, int position) {

    enum Kind {
        /** A field of the body. */
        FIELD,
        /** A text in quotes. */
        TEXT,
        /** A number without a sign. */
        NUMBER,
        /** A word that stands for an operator or a function. */
        WORD,
        /** An operator of one or two characters, a parenthesis or a comma. */
        SYMBOL,
        /** Behind the last part. */
        END
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }
}
