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
import java.util.function.Predicate;

/**
 * A part of a filter that is true, false or unknown. A condition on a field with an array holds if
 * it holds for any of the elements.
 */
sealed interface Condition extends Expression {

    @Override
    Truth test(FilterSubject subject);

    @Override
    default Object value(FilterSubject subject) {
        return test(subject).asValue();
    }

    /** {@code left = right} and its like. */
    record Comparison(Expression left, Relation relation, Expression right) implements Condition {

        @Override
        public Truth test(FilterSubject subject) {
            Object others = right.operand(subject);
            return Values.any(
                    left.operand(subject),
                    one -> Values.any(others, other -> Values.compare(one, relation, other)));
        }

        @Override
        public boolean readsBody() {
            return left.readsBody() || right.readsBody();
        }
    }

    /** {@code value BETWEEN low AND high}, both included. */
    record Between(Expression tested, Expression low, Expression high) implements Condition {

        @Override
        public Truth test(FilterSubject subject) {
            Object from = low.value(subject);
            Object to = high.value(subject);
            return Values.any(tested.operand(subject), value -> between(from, value, to));
        }

        private static Truth between(Object from, Object value, Object to) {
            Truth notBelow = Values.compare(value, Relation.GREATER_OR_EQUAL, from);
            Truth notAbove = Values.compare(value, Relation.LESS_OR_EQUAL, to);
            if (notBelow == Truth.FALSE || notAbove == Truth.FALSE) {
                return Truth.FALSE;
            }
            return notBelow == Truth.TRUE ? notAbove : notBelow;
        }

        @Override
        public boolean readsBody() {
            return tested.readsBody() || low.readsBody() || high.readsBody();
        }
    }

    /** {@code value IN (a, b)}: the same as comparing with each of them. */
    record Membership(Expression tested, List<Expression> members) implements Condition {

        @Override
        public Truth test(FilterSubject subject) {
            Object value = tested.operand(subject);
            Truth result = Truth.FALSE;
            for (Expression member : members) {
                Object others = member.operand(subject);
                Truth truth =
                        Values.any(
                                value,
                                one ->
                                        Values.any(
                                                others,
                                                other ->
                                                        Values.compare(
                                                                one, Relation.EQUAL, other)));
                if (truth == Truth.TRUE) {
                    return truth;
                }
                if (truth == Truth.UNKNOWN) {
                    result = truth;
                }
            }
            return result;
        }

        @Override
        public boolean readsBody() {
            return tested.readsBody() || members.stream().anyMatch(Expression::readsBody);
        }
    }

    /** {@code LIKE}, {@code BEGINS WITH}, {@code ENDS WITH}: a test of the text of a value. */
    record TextTest(Expression tested, Predicate<String> predicate) implements Condition {

        @Override
        public Truth test(FilterSubject subject) {
            return Values.any(
                    tested.operand(subject),
                    value ->
                            value == null
                                    ? Truth.UNKNOWN
                                    : Truth.of(predicate.test(Values.text(value))));
        }

        @Override
        public boolean readsBody() {
            return tested.readsBody();
        }
    }

    /** {@code IS NULL}. An array is NULL if it holds nothing else. */
    record NullTest(Expression tested) implements Condition {

        @Override
        public Truth test(FilterSubject subject) {
            return Values.any(tested.operand(subject), value -> Truth.of(value != null)).not();
        }

        @Override
        public boolean readsBody() {
            return tested.readsBody();
        }
    }

    /** {@code IS NAN}: a number that is none. NULL is not NaN, and neither is a text. */
    record NanTest(Expression tested) implements Condition {

        @Override
        public Truth test(FilterSubject subject) {
            return Truth.of(tested.value(subject) instanceof Double number && number.isNaN());
        }

        @Override
        public boolean readsBody() {
            return tested.readsBody();
        }
    }

    /** {@code NOT}. */
    record Negation(Expression negated) implements Condition {

        @Override
        public Truth test(FilterSubject subject) {
            return negated.test(subject).not();
        }

        @Override
        public boolean readsBody() {
            return negated.readsBody();
        }
    }

    /** {@code AND} of two or more, evaluated only until one is false. */
    record Conjunction(List<Expression> parts) implements Condition {

        @Override
        public Truth test(FilterSubject subject) {
            Truth result = Truth.TRUE;
            for (Expression part : parts) {
                Truth truth = part.test(subject);
                if (truth == Truth.FALSE) {
                    return truth;
                }
                if (truth == Truth.UNKNOWN) {
                    result = truth;
                }
            }
            return result;
        }

        @Override
        public boolean readsBody() {
            return parts.stream().anyMatch(Expression::readsBody);
        }
    }

    /** {@code OR} of two or more, evaluated only until one is true. */
    record Disjunction(List<Expression> parts) implements Condition {

        @Override
        public Truth test(FilterSubject subject) {
            Truth result = Truth.FALSE;
            for (Expression part : parts) {
                Truth truth = part.test(subject);
                if (truth == Truth.TRUE) {
                    return truth;
                }
                if (truth == Truth.UNKNOWN) {
                    result = truth;
                }
            }
            return result;
        }

        @Override
        public boolean readsBody() {
            return parts.stream().anyMatch(Expression::readsBody);
        }
    }
}
