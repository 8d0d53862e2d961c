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

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads a filter by recursive descent, from the weakest operator (OR) to the strongest. */
final class Parser {

    /** Keeps a filter from overflowing the stack of the thread that reads or evaluates it. */
    private static final int DEEPEST = 200;

    private final String text;
    private final List<Token> tokens;
    private int next;
    private int depth;

    private Parser(String text) throws FilterSyntaxException {
        this.text = text;
        this.tokens = Lexer.split(text);
    }

    static Expression parse(String text) throws FilterSyntaxException {
        Parser parser = new Parser(text);
        Expression filter = parser.disjunction();
        if (parser.token().kind() != Token.Kind.END) {
            throw parser.error();
        }
        return filter;
    }

    private Expression disjunction() throws FilterSyntaxException {
        enter();
        Expression first = conjunction();
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (passWord("OR")) {
            parts.add(conjunction());
        }
        depth--;
        return parts.size() == 1 ? first : new Condition.Disjunction(List.copyOf(parts));
    }

    private Expression conjunction() throws FilterSyntaxException {
        Expression first = negation();
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (passWord("AND")) {
            parts.add(negation());
        }
        return parts.size() == 1 ? first : new Condition.Conjunction(List.copyOf(parts));
    }

    private Expression negation() throws FilterSyntaxException {
        if (!passWord("NOT")) {
            return condition();
        }
        enter();
        Expression negated = negation();
        depth--;
        return new Condition.Negation(negated);
    }

    private Expression condition() throws FilterSyntaxException {
        Expression left = sum();
        Token token = token();
        Relation relation =
                token.kind() == Token.Kind.SYMBOL ? Relation.ofSymbol(token.text()) : null;
        if (relation != null) {
            next++;
            return new Condition.Comparison(left, relation, sum());
        }
        if (passWord("IS")) {
            boolean negated = passWord("NOT");
            return negatedIf(negated, nullOrNan(left));
        }
        boolean negated = passWord("NOT");
        if (passWord("BETWEEN")) {
            Expression low = sum();
            expectWord("AND");
            return negatedIf(negated, new Condition.Between(left, low, sum()));
        }
        if (passWord("IN")) {
            return negatedIf(negated, new Condition.Membership(left, list()));
        }
        if (passWord("LIKE")) {
            return negatedIf(negated, new Condition.TextTest(left, pattern()));
        }
        if (passWord("BEGINS")) {
            expectWord("WITH");
            List<String> starts = texts();
            return negatedIf(
                    negated,
                    new Condition.TextTest(
                            left, value -> starts.stream().anyMatch(value::startsWith)));
        }
        if (passWord("ENDS")) {
            expectWord("WITH");
            List<String> ends = texts();
            return negatedIf(
                    negated,
                    new Condition.TextTest(left, value -> ends.stream().anyMatch(value::endsWith)));
        }
        if (negated) {
            throw error();
        }
        return left;
    }

    private static Expression negatedIf(boolean negated, Expression condition) {
        return negated ? new Condition.Negation(condition) : condition;
    }

    private Expression nullOrNan(Expression tested) throws FilterSyntaxException {
        if (passWord("NULL")) {
            return new Condition.NullTest(tested);
        }
        expectWord("NAN");
        return new Condition.NanTest(tested);
    }

    private Predicate<String> pattern() throws FilterSyntaxException {
        String expression = text();
        try {
            Pattern pattern = Pattern.compile(expression);
            return value -> pattern.matcher(value).find();
        } catch (PatternSyntaxException e) {
            throw new FilterSyntaxException(
                    "The filter " + text + " has an invalid regular expression.", e);
        }
    }

    private List<String> texts() throws FilterSyntaxException {
        expectSymbol("(");
        List<String> texts = new ArrayList<>();
        do {
            texts.add(text());
        } while (passSymbol(","));
        expectSymbol(")");
        return texts;
    }

    private String text() throws FilterSyntaxException {
        if (token().kind() != Token.Kind.TEXT) {
            throw error();
        }
        return tokens.get(next++).text();
    }

    private Expression sum() throws FilterSyntaxException {
        Expression left = product();
        int before = depth;
        while (true) {
            Operator operator = operator("+", Operator.PLUS, "-", Operator.MINUS);
            if (operator == null) {
                depth = before;
                return left;
            }
            enter();
            left = new Expression.Arithmetic(left, operator, product());
        }
    }

    private Expression product() throws FilterSyntaxException {
        Expression left = signed();
        int before = depth;
        while (true) {
            Operator operator = operator("*", Operator.TIMES, "/", Operator.DIVIDED_BY);
            if (operator == null && (passSymbol("%") || passWord("MOD"))) {
                operator = Operator.MODULO;
            }
            if (operator == null) {
                depth = before;
                return left;
            }
            enter();
            left = new Expression.Arithmetic(left, operator, signed());
        }
    }

    private Operator operator(String oneSymbol, Operator one, String otherSymbol, Operator other) {
        if (passSymbol(oneSymbol)) {
            return one;
        }
        return passSymbol(otherSymbol) ? other : null;
    }

    private Expression signed() throws FilterSyntaxException {
        if (passSymbol("+")) {
            return primary();
        }
        if (!passSymbol("-")) {
            return primary();
        }
        if (token().kind() == Token.Kind.NUMBER) {
            return new Expression.Literal(Values.numberOrNull("-" + tokens.get(next++).text()));
        }
        return new Expression.Arithmetic(new Expression.Literal(0L), Operator.MINUS, primary());
    }

    private Expression primary() throws FilterSyntaxException {
        Token token = tokens.get(next);
        if (passSymbol("(")) {
            Expression inner = disjunction();
            expectSymbol(")");
            return inner;
        }
        Expression expression =
                switch (token.kind()) {
                    case FIELD -> new FieldPath(token.steps());
                    case TEXT -> new Expression.Literal(Values.ofText(token.text()));
                    case NUMBER -> new Expression.Literal(Values.numberOrNull(token.text()));
                    case WORD -> null;
                    case SYMBOL, END -> throw error();
                };
        if (expression == null) {
            return call();
        }
        next++;
        return expression;
    }

    private Expression call() throws FilterSyntaxException {
        Token name = tokens.get(next);
        MessageProperty property = MessageProperty.named(name.text());
        BuiltIn function = BuiltIn.named(name.text());
        boolean choice = name.isWord("IF");
        if (property == null && function == null && !choice) {
            throw error();
        }
        next++;
        if (token().isSymbol("(") && tokens.get(next + 1).isSymbol(")") && !choice) {
            next += 2;
            if (property != null) {
                return property;
            }
            return call(name, function, List.of());
        }
        List<Expression> arguments = list();
        if (choice && arguments.size() == 3) {
            return new Expression.Choice(arguments.get(0), arguments.get(1), arguments.get(2));
        }
        return call(name, function, arguments);
    }

    private Expression call(Token name, BuiltIn function, List<Expression> arguments)
            throws FilterSyntaxException {
        if (function == null || !function.takes(arguments.size())) {
            throw new FilterSyntaxException(
                    "The filter "
                            + text
                            + " calls "
                            + name.text()
                            + " with "
                            + arguments.size()
                            + " arguments.");
        }
        return new Expression.Call(function, arguments);
    }

    private List<Expression> list() throws FilterSyntaxException {
        expectSymbol("(");
        List<Expression> expressions = new ArrayList<>();
        do {
            expressions.add(disjunction());
        } while (passSymbol(","));
        expectSymbol(")");
        return List.copyOf(expressions);
    }

    private Token token() {
        return tokens.get(next);
    }

    private boolean passWord(String word) {
        boolean passed = token().isWord(word);
        next += passed ? 1 : 0;
        return passed;
    }

    private boolean passSymbol(String symbol) {
        boolean passed = token().isSymbol(symbol);
        next += passed ? 1 : 0;
        return passed;
    }

    private void expectWord(String word) throws FilterSyntaxException {
        if (!passWord(word)) {
            throw error();
        }
    }

    private void expectSymbol(String symbol) throws FilterSyntaxException {
        if (!passSymbol(symbol)) {
            throw error();
        }
    }

    private void enter() throws FilterSyntaxException {
        if (++depth > DEEPEST) {
            throw new FilterSyntaxException("The filter is nested too deep.");
        }
    }

    private FilterSyntaxException error() {
        return new FilterSyntaxException(
                "The filter "
                        + text
                        + " is not understood at character "
                        + token().position()
                        + ".");
    }
}
