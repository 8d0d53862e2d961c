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

package io.activedataflow.flink.connector.amps.source.reader.deserializer;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Locale;

/** The two message types whose bodies are tags and values. */
@Internal
enum TagValueFormat {
    /** Tags are names. */
    NVFIX {
        @Override
        void checkTag(byte[] tag) {}

        @Override
        String checkedTagOf(Field field, @Nullable String tag) {
            return tag == null ? field.getName() : tag;
        }

        @Override
        TextConverter converterTo(Class<?> target) {
            return TextType.converterTo(target);
        }
    },

    /** Tags are numbers, values are written by the rules of FIX. */
    FIX {
        @Override
        void checkTag(byte[] tag) throws IOException {
            for (byte digit : tag) {
                if (digit < '0' || digit > '9') {
                    throw new IOException(
                            "The tag "
                                    + Excerpt.of(tag)
                                    + " is not a number. Bodies whose tags are names are read by"
                                    + " nvfix and nvfixMap.");
                }
            }
        }

        @Override
        String checkedTagOf(Field field, @Nullable String tag) {
            if (tag == null || !tag.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new IllegalArgumentException(
                        "Field '"
                                + field.getName()
                                + "' of "
                                + field.getDeclaringClass()
                                + " has "
                                + (tag == null ? "no tag" : "the tag '" + tag + '\'')
                                + ". Give the number of the FIX field that it stands for, for"
                                + " example @AmpsField(\"55\"), or declare it transient.");
            }
            return tag;
        }

        @Override
        TextConverter converterTo(Class<?> target) {
            TextConverter converter = FixText.converterTo(target);
            return converter == null ? TextType.converterTo(target) : converter;
        }
    };

    /**
     * @throws IOException if a body of this format cannot have such a tag
     */
    abstract void checkTag(byte[] tag) throws IOException;

    /** The converter of values into objects of a class, or null if there is none. */
    @Nullable
    abstract TextConverter converterTo(Class<?> target);

    abstract String checkedTagOf(Field field, @Nullable String tag);

    /**
     * The tag that a field of a class stands for.
     *
     * @throws IllegalArgumentException if it has none, or one that this format cannot have
     */
    final String tagOf(Field field) {
        AmpsField annotation = field.getAnnotation(AmpsField.class);
        String tag = annotation == null ? null : annotation.value();
        if (tag != null
                && (tag.isEmpty()
                        || tag.indexOf('=') >= 0
                        || tag.indexOf(TagValueCursor.SEPARATOR) >= 0)) {
            throw new IllegalArgumentException(
                    "Field '"
                            + field.getName()
                            + "' of "
                            + field.getDeclaringClass()
                            + " has the tag '"
                            + tag
                            + "'. A tag has at least one character and neither '=' nor the"
                            + " separator in it.");
        }
        return checkedTagOf(field, tag);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
