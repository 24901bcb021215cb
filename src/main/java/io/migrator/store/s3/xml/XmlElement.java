package io.migrator.store.s3.xml;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of an answer. Only for answers that the client let through, which bounds their size and depth.
 *
 * @param text all of it that stands directly in the element
 */
public record XmlElement(String name, String text, List<XmlElement> children) {
    private record Open(String name, StringBuilder text, List<XmlElement> children) {}

    /** The outermost element. */
    public static XmlElement read(String xml) throws XMLStreamException {
        XMLStreamReader reader = reader(xml);
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open("", new StringBuilder(), new ArrayList<>()));
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamReader.START_ELEMENT ->
                    open.push(new Open(reader.getLocalName(), new StringBuilder(), new ArrayList<>()));
                case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA ->
                    open.element().text().append(reader.getText());
                case XMLStreamReader.END_ELEMENT -> {
                    Open done = open.pop();
                    open.element()
                            .children()
                            .add(new XmlElement(
                                    done.name(), done.text().toString().strip(), List.copyOf(done.children())));
                }
                default -> {}
            }
        }
        if (open.element().children().isEmpty()) {
            throw new XMLStreamException("nothing in it");
        }
        return open.element().children().get(0);
    }

    /** Goes through an answer without document types, by which XML could name what is not in it. */
    static XMLStreamReader reader(String xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        return factory.createXMLStreamReader(new StringReader(xml));
    }

    /** Those of the name directly in this one. */
    public List<XmlElement> all(String child) {
        return children.stream().filter(one -> one.name().equals(child)).toList();
    }

    public boolean has(String child) {
        return !all(child).isEmpty();
    }

    /** The text at the end of the path, of the first element each; empty where there is none. */
    public String text(String... path) {
        XmlElement at = this;
        for (String step : path) {
            List<XmlElement> found = at.all(step);
            if (found.isEmpty()) {
                return "";
            }
            at = found.get(0);
        }
        return at.text();
    }
}
