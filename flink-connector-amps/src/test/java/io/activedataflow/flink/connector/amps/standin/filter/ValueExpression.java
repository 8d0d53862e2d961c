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

/**
 * An expression that is asked for a number, such as the priority of a message. Immutable; one
 * expression may be used by many threads.
 */
public final class ValueExpression {

    private final Expression expression;

    private ValueExpression(Expression expression) {
        this.expression = expression;
    }

    /**
     * Reads an expression.
     *
     * @throws FilterSyntaxException if any part of the text is not understood
     */
    public static ValueExpression parse(String text) throws FilterSyntaxException {
        return new ValueExpression(Parser.parse(text));
    }

    /** Its number for a message, NaN where it has none. */
    public double number(FilterSubject subject) {
        Number number = Values.number(expression.value(subject));
        return number == null ? Double.NaN : number.doubleValue();
    }
}
