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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Splits the text of a filter into its parts. */
final class Lexer {

    private static final List<String> TWO_CHARACTERS = List.of("==", "!=", "<>", "<=", ">=");
    private static final String ONE_CHARACTER = "=<>+-*/%(),";

    private final String text;
    private int position;

    private Lexer(String text) {
        this.text = text;
    }

    /** All the parts; the last one is the end. */
    static List<Token> split(String text) throws FilterSyntaxException {
        Lexer lexer = new Lexer(text);
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = lexer.next();
            tokens.add(token);
        } while (token.kind() != Token.Kind.END);
        return tokens;
    }

    private Token next() throws FilterSyntaxException {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        int start = position;
        if (start == text.length()) {
            return token(Token.Kind.END, "", start);
        }
        char first = text.charAt(start);
        if (first == '/' && isNamePart(at(start + 1))) {
            return new Token(Token.Kind.FIELD, "", path(), start);
        }
        if (first == '[' && at(start + 1) == '/') {
            return new Token(Token.Kind.FIELD, "", bracketedPath(), start);
        }
        if (first == '\'' || first == '"') {
            TextLiteral literal = TextLiteral.read(text, start);
            position = literal.end();
            return token(Token.Kind.TEXT, literal.value(), start);
        }
        if (first == 'r' && (at(start + 1) == '\'' || at(start + 1) == '"')) {
            TextLiteral literal = TextLiteral.readRaw(text, start + 1);
            position = literal.end();
            return token(Token.Kind.TEXT, literal.value(), start);
        }
        if (isDigit(first) || first == '.' && isDigit(at(start + 1))) {
            return token(Token.Kind.NUMBER, number(), start);
        }
        if (Character.isLetter(first)) {
            while (Character.isLetterOrDigit(at(position)) || at(position) == '_') {
                position++;
            }
            return token(Token.Kind.WORD, text.substring(start, position), start);
        }
        return token(Token.Kind.SYMBOL, symbol(), start);
    }

    private static Token token(Token.Kind kind, String text, int start) {
        return new Token(kind, text, List.of(), start);
    }

    private List<FieldPath.Step> path() throws FilterSyntaxException {
        List<FieldPath.Step> steps = new ArrayList<>();
        while (at(position) == '/' && isNamePart(at(position + 1))) {
            int start = ++position;
            while (isNamePart(at(position))) {
                position++;
            }
            if (at(position) == '-') {
                throw error(
                        "a field with a hyphen is written [/a-b], a minus sign has spaces around"
                                + " it");
            }
            steps.add(named(text.substring(start, position)));
            while (at(position) == '[') {
                steps.add(index());
            }
        }
        return steps;
    }

    private FieldPath.Step index() throws FilterSyntaxException {
        int start = ++position;
        while (isDigit(at(position))) {
            position++;
        }
        // An index of more than nine digits is in no message.
        if (position == start || position - start > 9 || at(position) != ']') {
            throw error("not an index");
        }
        return new FieldPath.Step(null, Integer.parseInt(text.substring(start, position++)));
    }

    private List<FieldPath.Step> bracketedPath() throws FilterSyntaxException {
        int end = text.indexOf(']', position);
        if (end < 0) {
            throw error("the bracket is not closed");
        }
        List<FieldPath.Step> steps = new ArrayList<>();
        for (String name : text.substring(position + 2, end).split("/", -1)) {
            if (name.isEmpty()) {
                throw error("a field has no name");
            }
            steps.add(named(name));
        }
        position = end + 1;
        return steps;
    }

    private static FieldPath.Step named(String name) {
        return new FieldPath.Step(name.getBytes(StandardCharsets.UTF_8), -1);
    }

    private String number() throws FilterSyntaxException {
        int start = position;
        passDigits();
        if (at(position) == '.') {
            position++;
            passDigits();
        }
        if (at(position) == 'e' || at(position) == 'E') {
            position++;
            if (at(position) == '+' || at(position) == '-') {
                position++;
            }
            passDigits();
        }
        String number = text.substring(start, position);
        if (Values.numberOrNull(number) == null || isNamePart(at(position))) {
            throw error("not a number");
        }
        return number;
    }

    private void passDigits() {
        while (isDigit(at(position))) {
            position++;
        }
    }

    private String symbol() throws FilterSyntaxException {
        for (String symbol : TWO_CHARACTERS) {
            if (text.startsWith(symbol, position)) {
                position += 2;
                return symbol;
            }
        }
        if (ONE_CHARACTER.indexOf(text.charAt(position)) < 0) {
            throw error("not expected");
        }
        return String.valueOf(text.charAt(position++));
    }

    /** The character at the index, or 0 behind the last one. */
    private char at(int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || "_.:@$#".indexOf(c) >= 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private FilterSyntaxException error(String what) {
        return new FilterSyntaxException(
                "The filter " + text + " is not understood at character " + position + ": " + what);
    }
}
