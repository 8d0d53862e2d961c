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

/** A part of a filter that has a value for a message; see {@link Values}. */
sealed interface Expression
        permits Condition,
                FieldPath,
                MessageProperty,
                Expression.Literal,
                Expression.Arithmetic,
                Expression.Call,
                Expression.Choice {

    /** The one value, which is the first one of several. */
    Object value(FilterSubject subject);

    /** The value or, for a field with an array, the list of its values. */
    default Object operand(FilterSubject subject) {
        return value(subject);
    }

    /** The value as a condition. */
    default Truth test(FilterSubject subject) {
        return Values.any(operand(subject), Values::truth);
    }

    /** Whether a field of the body is named in it. */
    boolean readsBody();

    /** A constant. */
    record Literal(Object constant) implements Expression {

        @Override
        public Object value(FilterSubject subject) {
            return constant;
        }

        @Override
        public boolean readsBody() {
            return false;
        }
    }

    /** Two numbers and what is done with them. */
    record Arithmetic(Expression left, Operator operator, Expression right) implements Expression {

        @Override
        public Object value(FilterSubject subject) {
            Number first = Values.number(left.value(subject));
            if (first == null) {
                return null;
            }
            Number second = Values.number(right.value(subject));
            return second == null ? null : operator.apply(first, second);
        }

        @Override
        public boolean readsBody() {
            return left.readsBody() || right.readsBody();
        }
    }

    /** A function and its arguments. */
    record Call(BuiltIn function, List<Expression> arguments) implements Expression {

        @Override
        public Object value(FilterSubject subject) {
            Object[] values = new Object[arguments.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments.get(i).value(subject);
            }
            return function.apply(values);
        }

        @Override
        public boolean readsBody() {
            return arguments.stream().anyMatch(Expression::readsBody);
        }
    }

    /**
     * {@code IF}: the one value if the condition is true, the other one if it is false or unknown.
     */
    record Choice(Expression condition, Expression whenTrue, Expression otherwise)
            implements Expression {

        @Override
        public Object value(FilterSubject subject) {
            Expression chosen = condition.test(subject) == Truth.TRUE ? whenTrue : otherwise;
            return chosen.value(subject);
        }

        @Override
        public boolean readsBody() {
            return condition.readsBody() || whenTrue.readsBody() || otherwise.readsBody();
        }
    }
}
